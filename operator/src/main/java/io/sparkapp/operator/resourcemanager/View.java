package io.sparkapp.operator.resourcemanager;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A snapshot that a pass has left, and what there is to tell of it, found when it is asked for. */
final class View {

  private final Snapshot snapshot;
  private Explanation explanation;
  private Map<String, QueueReport> queues;

  View(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /** What is in force for an application; empty when there is no such. */
  synchronized Optional<Allocation> allocation(ApplicationId id) {
    return explanation().allocation(id);
  }

  /** What there is to tell of each queue, parents before their children. */
  synchronized Map<String, QueueReport> queues() {
    if (queues == null) {
      queues = explanation().queues();
    }
    return queues;
  }

  /** How many applications are charged to a queue itself. */
  int runningIn(String queue) {
    return snapshot.tree().queue(queue).map(found -> snapshot.line(found).running()).orElse(0);
  }

  /** The applications of each queue that want more than they have, in the order of their line. */
  Stream<List<ApplicationId>> lines() {
    return Stream.concat(
            snapshot.tree().queues().stream().map(snapshot::line), Stream.of(snapshot.stray()))
        .map(line -> line.hungry().stream().map(Application::id).toList());
  }

  private Explanation explanation() {
    if (explanation == null) {
      explanation = Explanation.of(snapshot);
    }
    return explanation;
  }
}
