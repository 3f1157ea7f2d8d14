package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.Condition;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.crds.SparkQueueStatus;
import java.util.List;
import java.util.Optional;

/**
 * A queue as its users see it.
 *
 * @param name its name
 * @param spec the spec that is in force
 * @param status what it holds
 * @param fault why its spec is not in force
 */
record Queue(String name, SparkQueueSpec spec, SparkQueueStatus status, Optional<String> fault) {

  private static final String READY = "Ready";

  static Queue of(SparkQueue queue) {
    SparkQueueSpec wanted = queue.getSpec() == null ? SparkQueueSpec.DEFAULT : queue.getSpec();
    SparkQueueStatus status = queue.getStatus() == null ? SparkQueueStatus.NONE : queue.getStatus();
    return new Queue(
        queue.getMetadata().getName(),
        status.inForce() == null ? wanted : status.inForce(),
        status,
        fault(status));
  }

  /** One that is there without being created; only the numbers of its applications are known. */
  static Queue implicit(String name, QueueCounts counts, Optional<String> fault) {
    SparkQueueStatus status =
        new SparkQueueStatus(
            null,
            null,
            null,
            null,
            null,
            null,
            counts.running(),
            counts.waiting(),
            null,
            null,
            null,
            null);
    return new Queue(name, SparkQueueSpec.DEFAULT, status, fault);
  }

  /** Whether every cluster has it. */
  static boolean isImplicit(String name) {
    return name.equals(SparkQueue.ROOT) || name.equals(SparkQueue.DEFAULT);
  }

  /** What it is under; root when it says nothing. */
  String parent() {
    return spec.parent() == null ? SparkQueue.ROOT : spec.parent();
  }

  private static Optional<String> fault(SparkQueueStatus status) {
    return Optional.ofNullable(status.conditions()).stream()
        .flatMap(List::stream)
        .filter(condition -> READY.equals(condition.getType()))
        .filter(condition -> "False".equals(condition.getStatus()))
        .map(Condition::getMessage)
        .findFirst();
  }
}
