package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.SparkQueueSpec;

/** Something that happens in a history of queues and applications. Numbers are taken modulo. */
sealed interface QueueEvent {

  /** A user submits an application. */
  record Submitted(
      int queue,
      int namespace,
      int user,
      int priority,
      Resources driver,
      Resources executor,
      int gang,
      int wanted)
      implements QueueEvent {}

  /** A driver wants another number of executors. */
  record Asked(int application, int wanted) implements QueueEvent {}

  /** An application ends. */
  record Ended(int application) implements QueueEvent {}

  /** The pods that were granted come up. */
  record PodsArrived(int application) implements QueueEvent {}

  /** A driver lets some of the executors go that are taken back. */
  record Obeyed(int application, int executors) implements QueueEvent {}

  /** Pods that were on their way out are gone. */
  record PodsWent(int application, int pods) implements QueueEvent {}

  /** A user tells a running application to go to another queue. */
  record SentTo(int application, int queue) implements QueueEvent {}

  /** A queue is created or changed. */
  record QueueChanged(int queue, SparkQueueSpec spec) implements QueueEvent {}

  /** A queue is deleted. */
  record QueueDeleted(int queue) implements QueueEvent {}

  /** Nodes come or go. */
  record NodesChanged(Resources capacity) implements QueueEvent {}

  record TimePassed(int seconds) implements QueueEvent {}

  /**
   * The operator is killed while it writes down what the next pass decides; another one takes over
   * with what was written.
   */
  record Killed(int writes) implements QueueEvent {}
}
