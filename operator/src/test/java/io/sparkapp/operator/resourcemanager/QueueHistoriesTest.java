package io.sparkapp.operator.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.GivenBack;
import io.sparkapp.crds.QueueLimits;
import io.sparkapp.crds.QueueLine;
import io.sparkapp.crds.QueueOrdering;
import io.sparkapp.crds.QueuePreemption;
import io.sparkapp.crds.QueueState;
import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.operator.resourcemanager.QueueWorld.Turn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Random histories of queues, applications, asks, ends and killed operators; after each event the
 * laws are checked. A history that breaks one is shrunk to the shortest that does.
 */
class QueueHistoriesTest {

  private static final int HISTORIES = 20_000;

  private static int histories;
  private static int violations;

  @AfterContainer
  static void tell() {
    System.out.printf("histories: %d, violations: %d%n", histories, violations);
    assertThat(histories).isGreaterThanOrEqualTo(HISTORIES);
  }

  @Property(tries = HISTORIES, shrinking = ShrinkingMode.BOUNDED)
  void everyPassOfEveryHistoryKeepsTheLaws(
      @ForAll("nodes") Resources nodes, @ForAll("histories") List<QueueEvent> events) {
    histories++;
    QueueWorld world = new QueueWorld(Ceiling.exactly(nodes));
    events.forEach(event -> keepsTheLaws(world, event));
  }

  private static void keepsTheLaws(QueueWorld world, QueueEvent event) {
    for (Turn turn : world.happens(event)) {
      // Time alone changes little: that nothing comes of it need not be counted again.
      if (event instanceof QueueEvent.TimePassed && turn.outcome().decisions().isEmpty()) {
        continue;
      }
      List<String> broken = QueueLaws.broken(turn, world.inForce());
      violations += broken.isEmpty() ? 0 : 1;
      assertThat(broken).as("after %s", event).isEmpty();
    }
    List<String> overdrawn = world.overdrawn();
    violations += overdrawn.isEmpty() ? 0 : 1;
    assertThat(overdrawn).as("after %s", event).isEmpty();
  }

  /** However it came about: in the end who is guaranteed something, and wants it, has it. */
  @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED)
  void noGuaranteeIsStarvedForEver(
      @ForAll("lendingHistories") List<QueueEvent> events,
      @ForAll("guarantees") Map<String, Integer> guarantees) {
    QueueWorld world = new QueueWorld(Ceiling.exactly(new Resources(20_000, 40L << 30)));
    // What its children are guaranteed the queue above them is too.
    world.happens(new QueueEvent.QueueChanged(QueueWorld.QUEUES.indexOf("a"), weighing(1)));
    guarantees.forEach(
        (queue, cores) ->
            world.happens(
                new QueueEvent.QueueChanged(
                    QueueWorld.QUEUES.indexOf(queue), guaranteed(queue, cores))));
    events.forEach(event -> keepsTheLaws(world, event));
    for (int second = 0; second < 60; second++) {
      keepsTheLaws(world, new QueueEvent.TimePassed(1));
      for (int life = 0; life < world.lives.size(); life++) {
        keepsTheLaws(world, new QueueEvent.PodsArrived(life));
        keepsTheLaws(world, new QueueEvent.Obeyed(life, 100));
        keepsTheLaws(world, new QueueEvent.PodsWent(life, 100));
      }
    }
    guarantees.forEach(
        (queue, cores) -> {
          List<QueueWorld.Life> lives =
              world.lives.stream().filter(life -> queue.equals(life.chargedTo)).toList();
          int wanted = lives.stream().mapToInt(life -> life.wanted).sum();
          int granted = lives.stream().mapToInt(life -> life.granted).sum();
          assertThat(granted)
              .as("executors of one core that queue %s has, of %d wanted", queue, wanted)
              .isGreaterThanOrEqualTo(Math.min(wanted, cores));
        });
  }

  /** Against water that is poured in: queues that want all get what their weights say. */
  @Property(tries = 500)
  void queuesThatWantEverythingShareByWeightToWithinOneExecutor(
      @ForAll("weights") List<Integer> weights, @ForAll("capacities") int capacity) {
    Map<Integer, Integer> granted = shares(weights, capacity);
    double sum = weights.stream().mapToInt(Integer::intValue).sum();
    for (int queue = 0; queue < weights.size(); queue++) {
      double ideal = capacity * weights.get(queue) / sum;
      assertThat(Math.abs(granted.get(queue) - ideal))
          .as("%d granted, %.2f ideal", granted.get(queue), ideal)
          .isLessThanOrEqualTo(1);
    }
  }

  /** With more queues one executor more or less is no bound, but nobody could do better. */
  @Property(tries = 500)
  void noExecutorWouldBeBetterOffInAnotherQueue(
      @ForAll("manyWeights") List<Integer> weights, @ForAll("capacities") int capacity) {
    Map<Integer, Integer> granted = shares(weights, capacity);
    for (int rich = 0; rich < weights.size(); rich++) {
      for (int poor = 0; poor < weights.size(); poor++) {
        assertThat((granted.get(rich) - 0.5) / weights.get(rich))
            .as("%s of weights %s", granted, weights)
            .isLessThanOrEqualTo((granted.get(poor) + 0.5) / weights.get(poor) + 1e-6);
      }
    }
  }

  /** Whatever their sizes: nobody got its last executor before another who held less. */
  @Property(tries = 500)
  void fairApplicationsAreWithinOneExecutorOfEachOther(
      @ForAll("sizes") List<Resources> sizes, @ForAll("capacities") int capacity) {
    Ceiling all = Ceiling.exactly(new Resources(capacity * 1000L, (long) capacity << 31));
    QueueWorld world = new QueueWorld(all);
    world.happens(new QueueEvent.QueueChanged(0, FAIR));
    sizes.forEach(
        size -> world.happens(new QueueEvent.Submitted(0, 0, 0, 0, Resources.NONE, size, 0, 0)));
    Snapshot asked = world.memory();
    for (QueueWorld.Life life : world.lives) {
      life.wanted = capacity;
      asked = asked.with(life.demand());
    }
    Snapshot after = Pass.over(asked, world.now()).after();
    for (QueueWorld.Life rich : world.lives) {
      for (QueueWorld.Life poor : world.lives) {
        Resources held = after.find(rich.id).orElseThrow().charge();
        // Who could not get a large one any more has to see others get small ones.
        if (!held.isNone() && poor.executor.fitsIn(rich.executor)) {
          assertThat(Shares.dominant(held.minus(rich.executor), all))
              .as("%s before its last executor, of sizes %s", rich.id, sizes)
              .isLessThanOrEqualTo(
                  Shares.dominant(after.find(poor.id).orElseThrow().charge(), all) + 1e-9);
        }
      }
    }
  }

  /** Executors of queues that all want everything. */
  private static Map<Integer, Integer> shares(List<Integer> weights, int capacity) {
    QueueWorld world = new QueueWorld(Ceiling.exactly(new Resources(capacity * 1000L, 1L << 50)));
    for (int queue = 0; queue < weights.size(); queue++) {
      world.happens(new QueueEvent.QueueChanged(queue, weighing(weights.get(queue))));
      world.happens(
          new QueueEvent.Submitted(
              queue, 0, 0, 0, Resources.NONE, new Resources(1000, 1 << 20), 0, 0));
    }
    // All ask before anybody is served.
    Snapshot all = world.memory();
    for (QueueWorld.Life life : world.lives) {
      life.wanted = capacity;
      all = all.with(life.demand());
    }
    Snapshot after = Pass.over(all, world.now()).after();
    Map<Integer, Integer> granted = new HashMap<>();
    for (int queue = 0; queue < weights.size(); queue++) {
      ApplicationId id = world.lives.get(queue).id;
      granted.put(queue, after.find(id).orElseThrow().demand().asks().get(0).granted());
    }
    return granted;
  }

  @Provide
  Arbitrary<Resources> nodes() {
    return Combinators.combine(
            Arbitraries.integers().between(2, 30), Arbitraries.integers().between(4, 60))
        .as((cores, gibi) -> new Resources(cores * 1000L, (long) gibi << 30));
  }

  @Provide
  Arbitrary<List<QueueEvent>> histories() {
    return Arbitraries.frequencyOf(
            Tuple.of(8, submissions()),
            Tuple.of(3, queues()),
            Tuple.of(5, ofApplications()),
            Tuple.of(2, elsewhere()))
        .list()
        .ofMinSize(3)
        .ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<QueueEvent>> lendingHistories() {
    Arbitrary<QueueEvent> submission =
        Combinators.combine(
                Arbitraries.of("a1", "a2", "b", "c"), Arbitraries.integers().between(1, 30))
            .as(
                (queue, wanted) ->
                    new QueueEvent.Submitted(
                        QueueWorld.QUEUES.indexOf(queue),
                        0,
                        0,
                        0,
                        Resources.NONE,
                        new Resources(1000, 1 << 30),
                        0,
                        wanted));
    return Arbitraries.frequencyOf(Tuple.of(3, submission), Tuple.of(2, ofApplications()))
        .filter(event -> !(event instanceof QueueEvent.SentTo))
        .list()
        .ofMinSize(3)
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<Map<String, Integer>> guarantees() {
    Arbitrary<Integer> cores = Arbitraries.integers().between(1, 6);
    return Combinators.combine(cores, cores, cores)
        .as((a1, a2, b) -> Map.of("a1", a1, "a2", a2, "b", b, "c", 20 - a1 - a2 - b));
  }

  @Provide
  Arbitrary<List<Integer>> weights() {
    return Arbitraries.integers().between(1, 9).list().ofMinSize(2).ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<Resources>> sizes() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4), Arbitraries.integers().between(1, 8))
        .as((cores, gibi) -> new Resources(cores * 1000L, (long) gibi << 30))
        .list()
        .ofMinSize(2)
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<Integer>> manyWeights() {
    return Arbitraries.integers().between(1, 9).list().ofMinSize(2).ofMaxSize(6);
  }

  @Provide
  Arbitrary<Integer> capacities() {
    return Arbitraries.integers().between(3, 200);
  }

  private static final SparkQueueSpec FAIR = spec(Map.of(), Map.of("ordering", QueueOrdering.Fair));

  private static SparkQueueSpec guaranteed(String queue, int cores) {
    return spec(
        Map.of("guaranteed", Map.of("cpu", Integer.toString(cores))),
        Map.of("parent", queue.startsWith("a") ? "a" : "root"));
  }

  private static SparkQueueSpec weighing(int weight) {
    return spec(Map.of(), Map.of("weight", weight));
  }

  private static Arbitrary<QueueEvent> submissions() {
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

  private static Arbitrary<QueueEvent> ofApplications() {
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

  private Arbitrary<QueueEvent> elsewhere() {
    return Arbitraries.oneOf(
        Arbitraries.of(1, 2, 6, 30, 400).map(QueueEvent.TimePassed::new),
        Arbitraries.of(1, 2, 6, 30, 400).map(QueueEvent.TimePassed::new),
        Arbitraries.integers().between(0, 3).map(QueueEvent.Killed::new),
        nodes().map(QueueEvent.NodesChanged::new));
  }

  private static Arbitrary<QueueEvent> queues() {
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
    return Combinators.combine(amounts, rest).as(QueueHistoriesTest::spec);
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

  @SuppressWarnings("unchecked")
  private static SparkQueueSpec spec(Map<String, ?> amounts, Map<String, ?> rest) {
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
