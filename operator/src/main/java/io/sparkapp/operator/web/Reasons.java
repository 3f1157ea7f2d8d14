package io.sparkapp.operator.web;

import io.sparkapp.crds.Circumstances;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkAppStatus.ExecutorCounts;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.operator.applicationmaster.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why an application stands where it stands, one sentence a line. What the operator wrote is told
 * as it stands; nothing is decided here.
 */
final class Reasons {

  private final SparkAppStatus status;
  private final Circumstances circumstances;
  private final List<String> sentences = new ArrayList<>();

  private Reasons(Observed observed) {
    this.status = observed.status();
    this.circumstances = new Circumstances(observed.app(), Optional.of(observed.answered()));
  }

  /**
   * @param queue the queue that it is charged to or waits in; empty when nobody has created it
   */
  static List<String> of(Observed observed, Optional<SparkQueue> queue) {
    Reasons reasons = new Reasons(observed);
    reasons.explain(queue);
    return List.copyOf(reasons.sentences);
  }

  private void explain(Optional<SparkQueue> queue) {
    if (status.phase() == null) {
      say("The operator has not looked at it yet.");
      return;
    }
    say(status.message());
    if (status.phase() == Phase.Waiting && status.place() != null) {
      say("It is number " + status.place() + " in the line of queue " + status.queue() + ".");
    }
    if (status.phase() == Phase.Restarting && status.nextAttempt() != null) {
      say("Its next attempt starts at " + status.nextAttempt() + ".");
    }
    if (!status.phase().isTerminal()) {
      executors();
      circumstances.takenBack().forEach(this::say);
      circumstances.move().ifPresent(this::say);
      queue.ifPresent(this::queue);
    }
    circumstances.unseen().ifPresent(this::say);
  }

  private void executors() {
    ExecutorCounts counts = status.executors();
    if (counts == null || counts.asked() == null || counts.granted() == null) {
      return;
    }
    if (counts.granted() < counts.asked()) {
      say(
          "Its driver asks for %d executors, %d are granted."
              .formatted(counts.asked(), counts.granted()));
      circumstances.answer().ifPresent(this::say);
    }
    circumstances.failures().ifPresent(this::say);
  }

  private void queue(SparkQueue queue) {
    if (queue.getStatus() != null && queue.getStatus().message() != null) {
      say("Queue " + queue.getMetadata().getName() + ": " + queue.getStatus().message());
    }
  }

  /** Nothing twice, and nothing that another sentence holds already. */
  private void say(String sentence) {
    Optional.ofNullable(sentence)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .filter(
            text -> sentences.stream().filter(Objects::nonNull).noneMatch(it -> it.contains(text)))
        .ifPresent(sentences::add);
  }
}
