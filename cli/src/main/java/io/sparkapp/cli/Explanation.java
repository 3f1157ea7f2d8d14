package io.sparkapp.cli;

import io.sparkapp.crds.Circumstances;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorSpec;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Placement;
import io.sparkapp.crds.QueueState;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppSpec;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkAppStatus.ExecutorCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says in plain sentences why an application waits, why it has as many executors as it has, or why
 * it came to its end. What the operator wrote is told as it stands; nothing is decided here.
 */
final class Explanation {

  private final SparkApp app;
  private final SparkAppStatus status;
  private final Circumstances circumstances;
  private final Optional<Queue> queue;
  private final List<String> sentences = new ArrayList<>();

  private Explanation(SparkApp app, Optional<ExecutorRequest> request, Optional<Queue> queue) {
    this.app = app;
    this.status = app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
    this.circumstances = new Circumstances(app, request.map(ExecutorRequest::answered));
    this.queue = queue;
  }

  /**
   * One sentence a line.
   *
   * @param request the request of its current attempt; empty when there is none
   * @param queue the queue that it is charged to or waits in; empty when nobody has created it
   */
  static List<String> of(SparkApp app, Optional<ExecutorRequest> request, Optional<Queue> queue) {
    Explanation explanation = new Explanation(app, request, queue);
    explanation.explain();
    return List.copyOf(explanation.sentences);
  }

  private void explain() {
    if (status.phase() == null) {
      say(name() + " was not looked at by the operator yet.");
      return;
    }
    switch (status.phase()) {
      case Waiting -> waiting();
      case Starting, Running -> running();
      case Suspended -> say(name() + " is suspended: spec.suspend is true. " + message());
      case Restarting -> restarting();
      case Succeeded -> say(name() + " succeeded. " + message());
      case Failed -> failed();
    }
    circumstances.unseen().ifPresent(this::say);
  }

  private void waiting() {
    say(name() + " waits" + place() + ".");
    say(message());
    say("It needs " + needs() + ".");
    priority();
    queue();
  }

  private String place() {
    String where = status.queue() == null ? app.getSpec().queue() : status.queue();
    return status.place() == null
        ? " in queue " + where
        : " in queue " + where + ", at place " + status.place() + " of its line";
  }

  private String needs() {
    SparkAppSpec spec = app.getSpec();
    ExecutorSpec executor = spec.executor();
    String executors =
        count(executor.fewest(), "executor")
            + " with "
            + count(executor.cores(), "core")
            + " and a heap of "
            + executor.memory();
    if (spec.placement() == Placement.Client) {
      return executors;
    }
    String driver =
        "a driver with "
            + count(spec.driver().cores(), "core")
            + " and a heap of "
            + spec.driver().memory();
    return executor.fewest() == 0 ? driver : driver + ", and " + executors;
  }

  private void priority() {
    if (app.getSpec().priorityClassName() != null) {
      say("Its priority is that of PriorityClass " + app.getSpec().priorityClassName() + ".");
    }
  }

  private void running() {
    String in = status.queue() == null ? "" : " in queue " + status.queue();
    say(name() + (status.phase() == Phase.Starting ? " starts" : " runs") + in + ".");
    executors();
    circumstances.takenBack().forEach(this::say);
    circumstances.move().ifPresent(this::say);
    // What its queue says is part of it, and was told already.
    say(message().replace(answer(), "").strip());
    queue();
  }

  private void executors() {
    ExecutorCounts counts = status.executors();
    if (counts == null || counts.asked() == null) {
      return;
    }
    say(
        "Its driver asks for %s, %d are granted and %d run."
            .formatted(count(counts.asked(), "executor"), counts.granted(), counts.running()));
    asked();
    if (counts.granted() < counts.asked()) {
      say(answer());
    } else if (counts.running() < counts.granted()) {
      say("It was granted all; the nodes have not started them all yet.");
    }
    circumstances.failures().ifPresent(this::say);
  }

  private void asked() {
    ExecutorSpec executor = app.getSpec().executor();
    if (executor.dynamic()) {
      String most = executor.max() == null ? "any number" : "at most " + executor.max();
      say(
          "Spark asks for as many as its tasks need: at least %d, %s."
              .formatted(executor.fewest(), most));
    }
  }

  private void restarting() {
    say(
        name()
            + " starts again"
            + (status.nextAttempt() == null ? "." : " at " + status.nextAttempt() + "."));
    say(message());
  }

  private void failed() {
    boolean refused = status.started() == null;
    say(name() + (refused ? " was refused." : " failed."));
    say(message());
    if (status.driver() != null && status.driver().exitCode() != null) {
      say(
          "Its driver ended with exit code %d; sparkapp logs %s shows what it wrote."
              .formatted(status.driver().exitCode(), app.getMetadata().getName()));
    }
  }

  /** How the queue stands, for that is what an application waits for. */
  private void queue() {
    if (queue.isEmpty()) {
      return;
    }
    Queue there = queue.get();
    QueueUse.dominant(there.status())
        .ifPresent(
            use ->
                say(
                    "Queue %s holds %s%s."
                        .formatted(
                            there.name(),
                            use.sentence(),
                            use.guaranteed() == null
                                ? ""
                                : ", " + use.guaranteed() + " of it guaranteed")));
    if (there.status().running() != null && there.status().waiting() != null) {
      say(
          "In it %s and %s."
              .formatted(there.status().running() + " run", there.status().waiting() + " wait"));
    }
    if (there.spec().state() != QueueState.Open) {
      say(QueueCommand.sentence(there.name(), there.spec().state()));
    }
    there
        .fault()
        .ifPresent(
            fault -> say("The spec of queue " + there.name() + " is not in force: " + fault));
  }

  /** Why its queue grants no more. */
  private String answer() {
    return circumstances.answer().orElse("");
  }

  private String name() {
    return app.getMetadata().getName();
  }

  private String message() {
    return status.message() == null ? "" : status.message();
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** Adds a sentence; nothing that was said already, and nothing empty. */
  private void say(String sentence) {
    Optional.ofNullable(sentence)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .filter(text -> Stream.of(text).noneMatch(sentences::contains))
        .ifPresent(sentences::add);
  }
}
