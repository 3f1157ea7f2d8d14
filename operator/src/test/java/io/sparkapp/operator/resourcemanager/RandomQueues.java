package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.GivenBack;
import io.sparkapp.crds.QueueLimits;
import io.sparkapp.crds.QueueLine;
import io.sparkapp.crds.QueueOrdering;
import io.sparkapp.crds.QueuePreemption;
import io.sparkapp.crds.QueueState;
import io.sparkapp.crds.SparkQueueSpec;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Nodes, queues and applications at random, and what happens to them. */
final class RandomQueues {

  private RandomQueues() {}

  static Arbitrary<Resources> nodes() {
    return Combinators.combine(
            Arbitraries.integers().between(2, 30), Arbitraries.integers().between(4, 60))
        .as((cores, gibi) -> new Resources(cores * 1000L, (long) gibi << 30));
  }

  static Arbitrary<QueueEvent> submissions() {
    Arbitrary<Resources> executor =
        Combinators.combine(
                Arbitraries.integers().between(1, 4), Arbitraries.integers().between(1, 6))
            .as((cores, gibi) -> new Resources(cores * 1000L, (long) gibi << 30));
    Arbitrary<Resources> driver =
        Arbitraries.of(Resources.NONE, new Resources(1000, 1L << 30), new Resources(500, 2L << 30));
    return Combinators.combine(
            Arbitraries.integers().between(0, 5),
            Arbitraries.integers().between(0, 1),
            Arbitraries.integers().between(0, 2),
            Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 10), Tuple.of(1, -10)),
            driver,
            executor,
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 12))
        .as(QueueEvent.Submitted::new);
  }

  static Arbitrary<QueueEvent> ofApplications() {
    Arbitrary<Integer> which = Arbitraries.integers().between(0, 9);
    Arbitrary<Integer> many = Arbitraries.integers().between(0, 12);
    return Arbitraries.oneOf(
        Combinators.combine(which, many).as(QueueEvent.Asked::new),
        which.map(QueueEvent.Ended::new),
        which.map(QueueEvent.PodsArrived::new),
        which.map(QueueEvent.PodsArrived::new),
        Combinators.combine(which, many).as(QueueEvent.Obeyed::new),
        Combinators.combine(which, many).as(QueueEvent.PodsWent::new),
        Combinators.combine(which, Arbitraries.integers().between(0, 5))
            .as(QueueEvent.SentTo::new));
  }

  static Arbitrary<QueueEvent> elsewhere() {
    return Arbitraries.oneOf(
        Arbitraries.of(1, 2, 6, 30, 400).map(QueueEvent.TimePassed::new),
        Arbitraries.of(1, 2, 6, 30, 400).map(QueueEvent.TimePassed::new),
        Arbitraries.integers().between(0, 3).map(QueueEvent.Killed::new),
        nodes().map(QueueEvent.NodesChanged::new));
  }

  static Arbitrary<QueueEvent> queues() {
    Arbitrary<Integer> which = Arbitraries.integers().between(0, 5);
    return Arbitraries.frequencyOf(
        Tuple.of(6, Combinators.combine(which, specs()).as(QueueEvent.QueueChanged::new)),
        Tuple.of(1, which.map(QueueEvent.QueueDeleted::new)));
  }

  private static Arbitrary<SparkQueueSpec> specs() {
    Arbitrary<Map<String, Object>> amounts =
        Combinators.combine(
                amount("guaranteed", 10, 0.5),
                amount("max", 20, 0.6),
                amount("borrowing", 10, 0.9),
                amount("lending", 5, 0.9))
            .as(
                (guaranteed, max, borrowing, lending) -> {
                  Map<String, Object> all = new HashMap<>(guaranteed);
                  all.putAll(max);
                  all.putAll(borrowing);
                  all.putAll(lending);
                  return all;
                });
    Arbitrary<Map<String, Object>> rest =
        Combinators.combine(
                Arbitraries.of("root", "root", "a", "b"),
                Arbitraries.of(QueueOrdering.values()),
                Arbitraries.of(QueueLine.values()),
                Arbitraries.frequency(
                    Tuple.of(8, QueueState.Open),
                    Tuple.of(1, QueueState.Draining),
                    Tuple.of(1, QueueState.Stopped)),
                Arbitraries.integers().between(1, 3),
                Arbitraries.of(GivenBack.values()),
                Arbitraries.integers().between(1, 4).injectNull(0.8),
                Arbitraries.of(10, 50, 100).injectNull(0.8))
            .as(
                (parent, ordering, line, state, weight, gives, running, drivers) -> {
                  Map<String, Object> all = new HashMap<>();
                  all.put("parent", parent);
                  all.put("ordering", ordering);
                  all.put("line", line);
                  all.put("state", state);
                  all.put("weight", weight);
                  all.put("gives", gives);
                  all.put("running", running);
                  all.put("drivers", drivers);
                  return all;
                });
    return Combinators.combine(amounts, rest).as(RandomQueues::spec);
  }

  private static Arbitrary<Map<String, Object>> amount(String field, int most, double none) {
    Arbitrary<Map<String, String>> written =
        Combinators.combine(
                Arbitraries.integers().between(0, most),
                Arbitraries.integers().between(0, most * 2),
                Arbitraries.integers().between(0, 2))
            .as(
                (cores, gibi, which) ->
                    switch (which) {
                      case 0 -> Map.of("cpu", Integer.toString(cores));
                      case 1 -> Map.of("memory", gibi + "Gi");
                      default -> Map.of("cpu", Integer.toString(cores), "memory", gibi + "Gi");
                    });
    return written
        .injectNull(none)
        .map(
            amounts -> {
              Map<String, Object> one = new HashMap<>();
              one.put(field, amounts);
              return one;
            });
  }

  /** A queue that differs from others in its weight. */
  static SparkQueueSpec weighing(int weight) {
    return spec(Map.of(), Map.of("weight", weight));
  }

  @SuppressWarnings("unchecked")
  static SparkQueueSpec spec(Map<String, ?> amounts, Map<String, ?> rest) {
    return new SparkQueueSpec(
        (String) rest.get("parent"),
        (Map<String, String>) amounts.get("guaranteed"),
        (Map<String, String>) amounts.get("max"),
        (Map<String, String>) amounts.get("borrowing"),
        (Map<String, String>) amounts.get("lending"),
        (Integer) rest.get("weight"),
        null,
        (QueueOrdering) rest.get("ordering"),
        (QueueLine) rest.get("line"),
        null,
        null,
        (Integer) rest.get("running"),
        (Integer) rest.get("drivers"),
        QueueLimits.NONE,
        null,
        null,
        null,
        null,
        new QueuePreemption(null, null, null, (GivenBack) rest.get("gives"), null),
        (QueueState) rest.get("state"));
  }
}
