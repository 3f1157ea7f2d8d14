package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The queues that are in force: a tree under root, without faults. Root and, as long as nobody
 * makes queues by its name, default are there without being written.
 */
public final class QueueTree {

  /** Root and default, nothing else. */
  public static final QueueTree BARE = new QueueTree(new TreeMap<>(), new TreeMap<>());

  private final SortedMap<String, SparkQueueSpec> specs;

  /** Why queues that are written are not in force in any form, by queue. */
  private final SortedMap<String, String> leftOut;

  private final List<Queue> queues;
  private final Map<String, Queue> byName = new HashMap<>();
  private final List<List<Queue>> children;

  private QueueTree(SortedMap<String, SparkQueueSpec> specs, SortedMap<String, String> leftOut) {
    this.specs = specs;
    this.leftOut = leftOut;
    SortedMap<String, SparkQueueSpec> all = new TreeMap<>(specs);
    all.putIfAbsent(SparkQueue.ROOT, SparkQueueSpec.DEFAULT);
    all.putIfAbsent(SparkQueue.DEFAULT, SparkQueueSpec.DEFAULT);
    List<Queue> ordered = new ArrayList<>();
    children = new ArrayList<>();
    add(SparkQueue.ROOT, -1, all, ordered);
    queues = List.copyOf(ordered);
    queues.forEach(queue -> byName.put(queue.name(), queue));
    queues.forEach(queue -> children.add(new ArrayList<>()));
    queues.stream()
        .filter(queue -> !queue.isRoot())
        .forEach(queue -> children.get(queue.parent()).add(queue));
  }

  private static void add(
      String name, int parent, SortedMap<String, SparkQueueSpec> all, List<Queue> ordered) {
    List<String> below = QueueFaults.childrenOf(name, all);
    int index = ordered.size();
    boolean leaf = below.isEmpty() && !name.equals(SparkQueue.ROOT);
    ordered.add(
        Queue.of(name, all.get(name), index, parent, leaf, QueueFaults.promisedBelow(name, all)));
    below.forEach(child -> add(child, index, all, ordered));
  }

  /**
   * A tree of what is wanted, and what is wrong with that.
   *
   * @param inForce the wanted queues; one at fault as it was in force before, or not at all; when
   *     that does not fit together, the tree that was in force before
   * @param faults by queue, one sentence: what is wrong and what to do
   */
  public record Checked(QueueTree inForce, SortedMap<String, String> faults) {}

  /** A tree of these queues, as far as they are without fault. */
  public static Checked of(Map<String, SparkQueueSpec> wanted, QueueTree lastGood) {
    SortedMap<String, String> faults = new TreeMap<>();
    SortedMap<String, SparkQueueSpec> specs = new TreeMap<>(wanted);
    while (true) {
      SortedMap<String, String> found = QueueFaults.in(specs);
      if (found.isEmpty()) {
        SortedMap<String, String> leftOut = new TreeMap<>(faults);
        leftOut.keySet().removeAll(specs.keySet());
        return new Checked(new QueueTree(specs, leftOut), faults);
      }
      boolean mended = false;
      for (Map.Entry<String, String> fault : toBlame(found, specs, lastGood).entrySet()) {
        String name = fault.getKey();
        Optional<SparkQueueSpec> before = lastGood.spec(name);
        boolean known = faults.putIfAbsent(name, fault.getValue()) != null;
        if (!known && before.isPresent()) {
          mended |= !before.get().equals(specs.put(name, before.get()));
        } else {
          mended |= specs.remove(name) != null;
        }
      }
      if (!mended) {
        return new Checked(lastGood, faults);
      }
    }
  }

  /**
   * Those that were as they are in a tree without faults are not the ones that are at fault now.
   */
  private static Map<String, String> toBlame(
      SortedMap<String, String> found,
      SortedMap<String, SparkQueueSpec> specs,
      QueueTree lastGood) {
    SortedMap<String, String> changed = new TreeMap<>(found);
    changed
        .keySet()
        .removeIf(name -> lastGood.spec(name).filter(specs.get(name)::equals).isPresent());
    return changed.isEmpty() ? found : changed;
  }

  /** Why there is no such queue in the tree, and what to do. */
  String missing(String name) {
    return leftOut.containsKey(name)
        ? "Queue %s is not in force: %s".formatted(name, leftOut.get(name))
        : "Queue %s does not exist: create it, or name another one in spec.queue.".formatted(name);
  }

  /** What was written of a queue. */
  public Optional<SparkQueueSpec> spec(String name) {
    return Optional.ofNullable(specs.get(name));
  }

  /** Names of all queues, parents before their children. */
  public List<String> names() {
    return queues.stream().map(Queue::name).toList();
  }

  List<Queue> queues() {
    return queues;
  }

  Queue root() {
    return queues.get(0);
  }

  Optional<Queue> queue(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  List<Queue> children(Queue queue) {
    return children.get(queue.index());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof QueueTree tree
        && specs.equals(tree.specs)
        && leftOut.equals(tree.leftOut);
  }

  @Override
  public int hashCode() {
    return specs.hashCode();
  }
}
