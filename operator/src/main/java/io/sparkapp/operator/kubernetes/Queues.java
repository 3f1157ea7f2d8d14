package io.sparkapp.operator.kubernetes;

import io.sparkapp.crds.QueueState;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.crds.SparkQueueStatus;
import io.sparkapp.operator.resourcemanager.QueueTree;
import io.sparkapp.operator.resourcemanager.QueuedResourceManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SparkQueues as they are written, and the tree that is in force: the same, but for those at
 * fault.
 */
final class Queues {

  private static final Logger LOG = LoggerFactory.getLogger(Queues.class);

  private final QueuedResourceManager resourceManager;
  private Map<String, SparkQueueSpec> wanted;
  private Set<String> deleting = Set.of();
  private QueueTree.Checked checked = new QueueTree.Checked(QueueTree.BARE, new TreeMap<>());

  Queues(QueuedResourceManager resourceManager) {
    this.resourceManager = resourceManager;
  }

  /**
   * What becomes of a queue's spec.
   *
   * @param fault why it is not in force
   * @param inForce what is in force instead
   */
  record Verdict(Optional<String> fault, Optional<SparkQueueSpec> inForce) {}

  /** These are all SparkQueues. Tells whether that is news. */
  synchronized boolean are(Collection<SparkQueue> all) {
    Map<String, SparkQueueSpec> now =
        all.stream()
            .collect(
                Collectors.toMap(
                    queue -> queue.getMetadata().getName(),
                    Queues::wanted,
                    (one, other) -> other,
                    TreeMap::new));
    Set<String> going =
        all.stream()
            .filter(queue -> queue.getMetadata().getDeletionTimestamp() != null)
            .map(queue -> queue.getMetadata().getName())
            .collect(Collectors.toSet());
    if (now.equals(wanted)) {
      boolean news = !going.equals(deleting);
      deleting = going;
      return news;
    }
    QueueTree before = wanted == null ? writtenDown(all) : checked.inForce();
    checked = QueueReading.of(now, before);
    wanted = now;
    deleting = going;
    checked.faults().forEach((name, fault) -> LOG.warn("SparkQueue {}: {}", name, fault));
    resourceManager.queuesAre(checked.inForce());
    return true;
  }

  /** Names of all SparkQueues. */
  synchronized Collection<String> names() {
    return wanted == null ? List.of() : List.copyOf(wanted.keySet());
  }

  /** Empty while this version of the queue was not looked at. */
  synchronized Optional<Verdict> verdict(SparkQueue queue) {
    String name = queue.getMetadata().getName();
    if (wanted == null || !wanted(queue).equals(wanted.get(name))) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict(Optional.ofNullable(checked.faults().get(name)), checked.inForce().spec(name)));
  }

  /**
   * Whether another queue needs this one, for it says that it is under it. Root is there without
   * being written. Of queues that are not in force, as those that are above each other, one that is
   * being deleted itself needs none: else none of them could ever go.
   */
  synchronized boolean isParent(String name) {
    if (wanted == null || name.equals(SparkQueue.ROOT)) {
      return false;
    }
    boolean inForce = checked.inForce().spec(name).isPresent();
    return wanted.entrySet().stream()
        .filter(child -> inForce || !deleting.contains(child.getKey()))
        .anyMatch(child -> name.equals(child.getValue().parent()));
  }

  /** One that is being deleted takes nobody in. */
  private static SparkQueueSpec wanted(SparkQueue queue) {
    SparkQueueSpec spec = Optional.ofNullable(queue.getSpec()).orElse(SparkQueueSpec.DEFAULT);
    return queue.getMetadata().getDeletionTimestamp() == null || spec.state() == QueueState.Stopped
        ? spec
        : spec.withState(QueueState.Draining);
  }

  /** What was in force when an earlier operator last looked. */
  private static QueueTree writtenDown(Collection<SparkQueue> all) {
    Map<String, SparkQueueSpec> specs = new TreeMap<>();
    all.forEach(
        queue ->
            lastInForce(queue).ifPresent(spec -> specs.put(queue.getMetadata().getName(), spec)));
    return QueueReading.of(specs, QueueTree.BARE).inForce();
  }

  /** Empty when it was never in force, or not as it is written now. */
  private static Optional<SparkQueueSpec> lastInForce(SparkQueue queue) {
    Optional<SparkQueueStatus> status = Optional.ofNullable(queue.getStatus());
    return status
        .map(SparkQueueStatus::inForce)
        .or(() -> status.filter(it -> wasInForce(queue, it)).map(it -> wanted(queue)));
  }

  private static boolean wasInForce(SparkQueue queue, SparkQueueStatus status) {
    if (queue.getMetadata().getDeletionTimestamp() != null) {
      // Nobody changes one that is being deleted; it says what runs in it as long as it is there.
      return status.running() != null;
    }
    boolean ready =
        Optional.ofNullable(status.conditions()).stream()
            .flatMap(Collection::stream)
            .filter(condition -> QueueStatusReport.READY.equals(condition.getType()))
            .anyMatch(condition -> "True".equals(condition.getStatus()));
    return ready
        && Objects.equals(status.observedGeneration(), QueueStatusReport.generation(queue));
  }
}
