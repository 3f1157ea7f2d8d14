package io.sparkapp.cli;

import io.sparkapp.crds.StageNode;
import io.sparkapp.crds.StageState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A line for each stage that has ended, once. */
final class StageLines {

  private final int columns;
  private final Set<List<Integer>> told = new HashSet<>();

  /**
   * @param columns of the terminal
   */
  StageLines(int columns) {
    this.columns = columns;
  }

  /**
   * The lines of those that have ended since.
   *
   * @param graph the stages, lowest id first
   */
  List<String> next(List<StageNode> graph) {
    return graph.stream()
        .filter(stage -> stage.state() == StageState.Done || stage.state() == StageState.Failed)
        .filter(stage -> told.add(List.of(stage.stage(), attempt(stage))))
        .map(this::line)
        .toList();
  }

  private static int attempt(StageNode stage) {
    return stage.attempt() == null ? 0 : stage.attempt();
  }

  private String line(StageNode stage) {
    String name = stage.name() == null ? "" : ", " + stage.name().replaceAll("\\p{Cntrl}", " ");
    int tasks = stage.tasks() == null ? 0 : stage.tasks();
    String line =
        "stage "
            + stage.stage()
            + (attempt(stage) == 0 ? "" : ", attempt " + (attempt(stage) + 1) + ",")
            + (stage.state() == StageState.Done ? " is done" : " failed")
            + time(stage)
            + ": "
            + tasks
            + (tasks == 1 ? " task" : " tasks")
            + name;
    return line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
  }

  private static String time(StageNode stage) {
    if (stage.submitted() == null || stage.completed() == null) {
      return "";
    }
    Duration took =
        Duration.between(Instant.parse(stage.submitted()), Instant.parse(stage.completed()));
    return " after " + Age.of(took);
  }
}
