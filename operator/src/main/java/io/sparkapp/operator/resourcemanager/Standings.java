package io.sparkapp.operator.resourcemanager;

import java.util.Optional;

/** What all queues hold, counted up from their lines. */
final class Standings {

  private final Standing[] byIndex;

  private Standings(Standing[] byIndex) {
    this.byIndex = byIndex;
  }

  static Standings of(Snapshot snapshot) {
    QueueTree tree = snapshot.tree();
    Standing[] standings = new Standing[tree.queues().size()];
    for (Queue queue : tree.queues()) {
      standings[queue.index()] =
          new Standing(
              queue,
              queue.isRoot() ? Optional.empty() : Optional.of(standings[queue.parent()]),
              queue.isRoot() ? snapshot.capacity() : queue.limit());
    }
    for (Queue queue : tree.queues()) {
      Line line = snapshot.line(queue);
      if (!line.applications().isEmpty()) {
        standings[queue.index()].fill(line);
      }
    }
    if (!snapshot.stray().applications().isEmpty()) {
      // Their queue is gone, what they hold is not.
      standings[0].fill(snapshot.stray());
    }
    for (Standing standing : standings) {
      if (!standing.queue().keepsFree().isNone()) {
        standing.keepFree();
      }
    }
    return new Standings(standings);
  }

  Standing of(Queue queue) {
    return byIndex[queue.index()];
  }

  Standing root() {
    return byIndex[0];
  }
}
