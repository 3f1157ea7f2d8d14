package io.sparkapp.operator.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.QueueOrdering;
import io.sparkapp.crds.SparkQueueSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Shares of queues and of applications that want all that there is. */
class FairSharesTest {

  private static final SparkQueueSpec FAIR =
      RandomQueues.spec(Map.of(), Map.of("ordering", QueueOrdering.Fair));

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
      world.happens(new QueueEvent.QueueChanged(queue, RandomQueues.weighing(weights.get(queue))));
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
  Arbitrary<List<Integer>> weights() {
    return Arbitraries.integers().between(1, 9).list().ofMinSize(2).ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<Integer>> manyWeights() {
    return Arbitraries.integers().between(1, 9).list().ofMinSize(2).ofMaxSize(6);
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
  Arbitrary<Integer> capacities() {
    return Arbitraries.integers().between(3, 200);
  }
}
