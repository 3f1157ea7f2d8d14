package io.sparkapp.cli;

import java.util.List;
import java.util.Optional;

/**
 * All commands by what they are for. A command line that names one makes only that one, for to make
 * them all takes longer than most commands run.
 */
final class Commands {

  /** What they do, and the order in which help lists them. */
  static final List<Group> GROUPS =
      List.of(
          new Group(
              "Run applications",
              List.of(
                  new Entry("run", RunCommand.class),
                  new Entry("submit", SubmitCommand.class),
                  new Entry("convert", ConvertCommand.class))),
          new Group(
              "See how they go",
              List.of(
                  new Entry("list", ListCommand.class),
                  new Entry("status", StatusCommand.class),
                  new Entry("explain", ExplainCommand.class),
                  new Entry("dag", DagCommand.class),
                  new Entry("logs", LogsCommand.class),
                  new Entry("top", TopCommand.class),
                  new Entry("ui", UiCommand.class))),
          new Group(
              "Steer them",
              List.of(
                  new Entry("kill", KillCommand.class),
                  new Entry("suspend", SuspendCommand.class),
                  new Entry("resume", ResumeCommand.class),
                  new Entry("move", MoveCommand.class),
                  new Entry("priority", PriorityCommand.class),
                  new Entry("scheduled", ScheduledCommand.class))),
          new Group(
              "Share the cluster",
              List.of(
                  new Entry("queues", QueuesCommand.class),
                  new Entry("queue", QueueCommand.class))),
          new Group(
              "Set up",
              List.of(
                  new Entry("local", LocalCommand.class),
                  new Entry("completion", CompletionCommand.class),
                  new Entry("__complete", CompleteCommand.class))));

  private Commands() {}

  /**
   * @param title as help shows it
   */
  record Group(String title, List<Entry> commands) {}

  /**
   * @param name the command's name, as its annotation has it
   */
  record Entry(String name, Class<?> type) {}

  static List<Entry> all() {
    return GROUPS.stream().flatMap(group -> group.commands().stream()).toList();
  }

  static Optional<Entry> named(String name) {
    return all().stream().filter(entry -> entry.name().equals(name)).findFirst();
  }
}
