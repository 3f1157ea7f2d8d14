package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkQueue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds queues. */
final class Queues {

  private final KubernetesClient client;

  Queues(KubernetesClient client) {
    this.client = client;
  }

  Resource<SparkQueue> resource(String name) {
    return client.resources(SparkQueue.class).withName(name);
  }

  /** Empty when nobody has created it, or when its user may not look at queues. */
  Optional<Queue> find(String name) {
    return Permission.ifAllowed(() -> Optional.ofNullable(resource(name).get()).map(Queue::of))
        .flatMap(queue -> queue);
  }

  /**
   * Who may not look at queues may still use them.
   *
   * @throws CommandFailure when it is known that there is no such queue
   */
  void require(String name) {
    boolean known =
        Queue.isImplicit(name)
            || Permission.ifAllowed(() -> resource(name).get() != null).orElse(true);
    if (!known) {
      throw missing(name, names());
    }
  }

  /** Says so, and which one may have been meant. */
  static CommandFailure missing(String name, Collection<String> there) {
    return CommandFailure.notFound(
        "There is no queue %s; sparkapp queues shows those that there are.%s"
            .formatted(name, Nearest.hint(name, there)));
  }

  /** Those that were created; none when their user may not look at queues. */
  List<String> names() {
    return Permission.ifAllowed(this::list).orElse(List.of()).stream()
        .map(queue -> queue.getMetadata().getName())
        .toList();
  }

  /**
   * All that there are, by name. Applications are looked at only when root or default was not
   * created, for what they hold is then in no queue's status.
   */
  Map<String, Queue> all() {
    Map<String, Queue> queues = new TreeMap<>();
    list().forEach(queue -> queues.put(queue.getMetadata().getName(), Queue.of(queue)));
    if (!queues.containsKey(SparkQueue.ROOT) || !queues.containsKey(SparkQueue.DEFAULT)) {
      applications().ifPresent(apps -> withImplicit(queues, QueueCounts.of(apps)));
    }
    return queues;
  }

  /** Adds the queues that applications are in and nobody has created. */
  static void withImplicit(Map<String, Queue> queues, Map<String, QueueCounts> counts) {
    QueueCounts all = counts.values().stream().reduce(QueueCounts.NONE, QueueCounts::plus);
    queues.putIfAbsent(SparkQueue.ROOT, Queue.implicit(SparkQueue.ROOT, all, Optional.empty()));
    counts.forEach(
        (name, count) ->
            queues.putIfAbsent(
                name,
                Queue.implicit(
                    name,
                    count,
                    Queue.isImplicit(name)
                        ? Optional.empty()
                        : Optional.of("there is no such queue, but applications name it."))));
  }

  private List<SparkQueue> list() {
    return client.resources(SparkQueue.class).list().getItems();
  }

  /** Without the right to see those of others, numbers of what nobody created stay unknown. */
  private Optional<List<SparkApp>> applications() {
    var everywhere = client.resources(SparkApp.class).inAnyNamespace();
    return Permission.ifAllowed(() -> ApplicationPages.all(null, everywhere::list));
  }
}
