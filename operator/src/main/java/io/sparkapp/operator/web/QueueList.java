package io.sparkapp.operator.web;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.sparkapp.crds.QueueState;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.crds.SparkQueueStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The tree of queues, each after its parent.
 *
 * @param now when this was so, RFC 3339; the last point of a history holds until then
 * @param watched since when this operator has looked at them, RFC 3339
 */
record QueueList(String now, String watched, List<Row> queues) {

  /**
   * A queue.
   *
   * @param depth how far below root
   * @param fault why its spec is not in force; null when it is
   * @param share what it holds of the cluster, in percent; null when that is not known
   * @param message one sentence; null when nobody has looked at it
   */
  record Row(
      String name,
      String parent,
      int depth,
      QueueState state,
      String fault,
      String message,
      Integer share,
      Integer running,
      Integer waiting,
      List<Use> resources,
      List<Past> history) {}

  /**
   * What a queue holds of one resource, as quantities and, to draw bars with, as plain numbers.
   *
   * @param guaranteed null when nothing is promised
   * @param most null when there is no limit
   * @param parts used, guaranteed, most and pending as numbers; 0 for what is null
   */
  record Use(
      String resource, String used, String guaranteed, String most, String pending, Parts parts) {}

  /** Amounts as plain numbers, to be compared with each other only. */
  record Parts(double used, double guaranteed, double most, double pending) {}

  /** A point of a history. */
  record Past(String at, int percent, int running, int waiting) {}

  static QueueList of(Collection<SparkQueue> all, QueueHistory history, Instant now) {
    SortedMap<String, SparkQueue> byName = new TreeMap<>();
    all.forEach(queue -> byName.put(queue.getMetadata().getName(), queue));
    List<Row> rows = new ArrayList<>();
    // Root is there without being created.
    if (byName.containsKey(SparkQueue.ROOT)) {
      add(byName, SparkQueue.ROOT, 0, history, rows);
    } else {
      under(byName, SparkQueue.ROOT, 0, history, rows);
    }
    // Those whose parent is not there, or that are their own ancestors: they are at fault.
    while (!byName.isEmpty()) {
      add(byName, byName.firstKey(), 0, history, rows);
    }
    return new QueueList(now.toString(), history.since().toString(), rows);
  }

  private static void add(
      SortedMap<String, SparkQueue> left,
      String name,
      int depth,
      QueueHistory history,
      List<Row> rows) {
    rows.add(row(left.remove(name), depth, history));
    under(left, name, depth + 1, history, rows);
  }

  private static void under(
      SortedMap<String, SparkQueue> left,
      String parent,
      int depth,
      QueueHistory history,
      List<Row> rows) {
    List<String> children =
        left.values().stream()
            .filter(queue -> parent.equals(parent(queue)))
            .map(queue -> queue.getMetadata().getName())
            .toList();
    for (String child : children) {
      if (left.containsKey(child)) {
        add(left, child, depth, history, rows);
      }
    }
  }

  private static SparkQueueSpec inForce(SparkQueue queue) {
    return status(queue).inForce() != null
        ? status(queue).inForce()
        : Optional.ofNullable(queue.getSpec()).orElse(SparkQueueSpec.DEFAULT);
  }

  private static SparkQueueStatus status(SparkQueue queue) {
    return Optional.ofNullable(queue.getStatus()).orElse(SparkQueueStatus.NONE);
  }

  private static String parent(SparkQueue queue) {
    if (queue.getMetadata().getName().equals(SparkQueue.ROOT)) {
      return null;
    }
    return Optional.ofNullable(inForce(queue).parent()).orElse(SparkQueue.ROOT);
  }

  private static Row row(SparkQueue queue, int depth, QueueHistory history) {
    String name = queue.getMetadata().getName();
    SparkQueueStatus status = status(queue);
    return new Row(
        name,
        parent(queue),
        depth,
        inForce(queue).state(),
        fault(status),
        status.message(),
        status.share() == null ? null : QueueHistory.percent(status.share()),
        status.running(),
        status.waiting(),
        uses(status),
        history.of(name).stream()
            .map(it -> new Past(it.at().toString(), it.percent(), it.running(), it.waiting()))
            .toList());
  }

  private static String fault(SparkQueueStatus status) {
    return Optional.ofNullable(status.conditions()).stream()
        .flatMap(List::stream)
        .filter(condition -> "Ready".equals(condition.getType()))
        .filter(condition -> "False".equals(condition.getStatus()))
        .map(Condition::getMessage)
        .findFirst()
        .orElse(null);
  }

  private static List<Use> uses(SparkQueueStatus status) {
    TreeSet<String> names = new TreeSet<>();
    Stream.of(status.used(), status.guaranteed(), status.capacity(), status.pending())
        .filter(Objects::nonNull)
        .map(Map::keySet)
        .forEach(names::addAll);
    return names.stream()
        .map(
            name -> {
              String used = amount(status.used(), name, "0");
              String guaranteed = amount(status.guaranteed(), name, null);
              String most = amount(status.capacity(), name, null);
              String pending = amount(status.pending(), name, "0");
              return new Use(
                  name,
                  used,
                  guaranteed,
                  most,
                  pending,
                  new Parts(number(used), number(guaranteed), number(most), number(pending)));
            })
        .toList();
  }

  private static String amount(Map<String, String> amounts, String name, String otherwise) {
    return amounts == null ? otherwise : amounts.getOrDefault(name, otherwise);
  }

  private static double number(String amount) {
    return amount == null ? 0 : new Quantity(amount).getNumericalAmount().doubleValue();
  }
}
