package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds what is wrong with queues that do not make a tree, or that promise what they have not. */
final class QueueFaults {

  private final SortedMap<String, SparkQueueSpec> specs;
  private final SortedMap<String, String> faults = new TreeMap<>();

  private QueueFaults(SortedMap<String, SparkQueueSpec> specs) {
    this.specs = specs;
  }

  /** By queue, one sentence; empty when they are a tree. */
  static SortedMap<String, String> in(SortedMap<String, SparkQueueSpec> specs) {
    QueueFaults search = new QueueFaults(specs);
    specs.forEach(search::unreadable);
    specs.keySet().forEach(search::lost);
    if (search.faults.isEmpty()) {
      specs.keySet().forEach(search::promises);
    }
    return search.faults;
  }

  /** Which queues are under this one, in the order of their names. */
  static List<String> childrenOf(String name, SortedMap<String, SparkQueueSpec> specs) {
    return specs.keySet().stream()
        .filter(child -> !child.equals(SparkQueue.ROOT))
        .filter(child -> parent(specs.get(child)).equals(name))
        .toList();
  }

  /** What all queues under this one are guaranteed together. */
  static Resources promisedBelow(String name, SortedMap<String, SparkQueueSpec> specs) {
    Resources promised = Resources.NONE;
    for (String child : childrenOf(name, specs)) {
      SparkQueueSpec spec = specs.get(child);
      promised =
          promised.plus(
              spec.guaranteed().isEmpty()
                  ? promisedBelow(child, specs)
                  : Queue.amounts(spec.guaranteed()));
    }
    return promised;
  }

  private static String parent(SparkQueueSpec spec) {
    return Objects.requireNonNullElse(spec.parent(), SparkQueue.ROOT);
  }

  private void unreadable(String name, SparkQueueSpec spec) {
    Map<String, Map<String, String>> written =
        Map.of(
            "guaranteed", spec.guaranteed(),
            "max", spec.max(),
            "borrowing", spec.borrowing(),
            "lending", spec.lending(),
            "perNamespace.max", spec.perNamespace().max(),
            "perUser.max", spec.perUser().max());
    new TreeMap<>(written)
        .forEach(
            (field, amounts) ->
                new TreeMap<>(amounts)
                    .forEach((resource, amount) -> unreadable(name, field, resource, amount)));
  }

  private void unreadable(String name, String field, String resource, String amount) {
    if (!resource.equals(Resources.CPU)
        && !resource.equals(Resources.MEMORY)
        && !resource.contains("/")) {
      faults.putIfAbsent(
          name,
          "spec.%s of queue %s names the resource %s, which there is not: write cpu, memory, or an extended resource with its domain, as nvidia.com/gpu."
              .formatted(field, name, resource));
      return;
    }
    try {
      if (Queue.amounts(Map.of(resource, amount)).amount(resource) < 0) {
        faults.putIfAbsent(
            name,
            "spec.%s of queue %s says %s: %s, which is less than nothing."
                .formatted(field, name, resource, amount));
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      faults.putIfAbsent(
          name,
          "spec.%s of queue %s says %s: %s, which is no amount: write it as a pod's requests have it."
              .formatted(field, name, resource, amount));
    }
  }

  /** A queue from which no way leads up to root. */
  private void lost(String name) {
    Set<String> seen = new HashSet<>();
    String here = name;
    while (!here.equals(SparkQueue.ROOT)) {
      if (!seen.add(here)) {
        if (here.equals(name)) {
          faults.putIfAbsent(
              name,
              "Queue %s is above itself: %s. Give one of them another parent."
                  .formatted(name, circle(name)));
        } else {
          faults.putIfAbsent(
              name, "Queue %s is under %s, which is above itself.".formatted(name, here));
        }
        return;
      }
      Optional<SparkQueueSpec> spec = spec(here);
      if (spec.isEmpty()) {
        String missing = here;
        faults.putIfAbsent(
            name,
            seen.size() == 2
                ? "The parent of queue %s, %s, does not exist: create it, or name another one."
                    .formatted(name, missing)
                : "Queue %s is under queue %s, which does not exist: create it."
                    .formatted(name, missing));
        return;
      }
      here = parent(spec.get());
    }
  }

  private Optional<SparkQueueSpec> spec(String name) {
    return name.equals(SparkQueue.DEFAULT)
        ? Optional.of(specs.getOrDefault(name, SparkQueueSpec.DEFAULT))
        : Optional.ofNullable(specs.get(name));
  }

  private String circle(String name) {
    StringBuilder way = new StringBuilder(name);
    for (String here = parent(specs.get(name));
        !here.equals(name);
        here = parent(specs.get(here))) {
      way.append(" is under ").append(here).append(", which");
    }
    return way.append(" is under ").append(name).toString();
  }

  /** Whether its children are promised more than it has. */
  private void promises(String name) {
    List<String> children = childrenOf(name, specs);
    SparkQueueSpec spec = specs.get(name);
    Ceiling most = Ceiling.of(spec.max());
    Ceiling has =
        name.equals(SparkQueue.ROOT) || spec.guaranteed().isEmpty()
            ? most
            : Ceiling.of(spec.guaranteed()).and(most);
    Resources own = Queue.amounts(spec.guaranteed());
    most.shortOf(Resources.NONE, Resources.NONE, own)
        .ifPresent(
            resource ->
                faults.putIfAbsent(
                    name,
                    "Queue %s is guaranteed %s but may have at most %s: lower spec.guaranteed or raise spec.max."
                        .formatted(
                            name,
                            Amounts.of(resource, own.amount(resource)),
                            Amounts.of(resource, most.of(resource)))));
    Resources sum = promisedBelow(name, specs);
    has.shortOf(Resources.NONE, Resources.NONE, sum)
        .ifPresent(resource -> tooMuch(name, children, resource, sum, has));
  }

  private void tooMuch(
      String name, List<String> children, String resource, Resources promised, Ceiling has) {
    String sentence =
        "The queues under %s are guaranteed %s together (%s), %s has %s: lower the guarantee of one of them, or raise that of %s."
            .formatted(
                name,
                Amounts.of(resource, promised.amount(resource)),
                String.join(", ", children),
                name,
                Amounts.of(resource, has.of(resource)),
                name);
    children.stream()
        .filter(
            child ->
                Queue.amounts(specs.get(child).guaranteed())
                        .plus(promisedBelow(child, specs))
                        .amount(resource)
                    > 0)
        .forEach(child -> faults.putIfAbsent(child, sentence));
    faults.putIfAbsent(name, sentence);
  }
}
