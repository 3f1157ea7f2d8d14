package io.sparkapp.operator.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.operator.resourcemanager.QueueWorld.Turn;
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
    world.happens(
        new QueueEvent.QueueChanged(QueueWorld.QUEUES.indexOf("a"), RandomQueues.weighing(1)));
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

  @Provide
  Arbitrary<Resources> nodes() {
    return RandomQueues.nodes();
  }

  @Provide
  Arbitrary<List<QueueEvent>> histories() {
    return Arbitraries.frequencyOf(
            Tuple.of(8, RandomQueues.submissions()),
            Tuple.of(3, RandomQueues.queues()),
            Tuple.of(5, RandomQueues.ofApplications()),
            Tuple.of(2, RandomQueues.elsewhere()))
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
    return Arbitraries.frequencyOf(
            Tuple.of(3, submission), Tuple.of(2, RandomQueues.ofApplications()))
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

  private static SparkQueueSpec guaranteed(String queue, int cores) {
    return RandomQueues.spec(
        Map.of("guaranteed", Map.of("cpu", Integer.toString(cores))),
        Map.of("parent", queue.startsWith("a") ? "a" : "root"));
  }
}
