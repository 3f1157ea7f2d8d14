package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * A whole application: it starts, loses an executor, is allowed more and wants more, loses its
 * driver, is tried again, is suspended and resumed, is changed so that it has to start anew, and
 * ends. The operator is disturbed at every single call that it makes, in every way, one run for
 * each; nothing of that can be seen in the end.
 */
class KilledAtEveryCallTest {

  /** What happens to one application, step by step. */
  private record Life(
      String spec, Function<SparkApp, FakeCluster> world, List<Consumer<FakeCluster>> steps) {

    Life(String spec, List<Consumer<FakeCluster>> steps) {
      this(spec, FakeCluster::new, steps);
    }

    FakeCluster begin() {
      return world.apply(Apps.of(spec));
    }
  }

  private static final String SPEC =
      """
      main: {jar: "local:///opt/app.jar", class: com.acme.Main}
      executor: {instances: %d, localDir: {medium: Volume, size: 1g, reuse: true}}
      restart: {policy: OnInfrastructureFailure, backoff: 10s}
      updateStrategy: Restart
      sparkConf: {spark.sql.shuffle.partitions: "%d"}
      suspend: %s
      """;

  private static String spec(int instances, int partitions, boolean suspend) {
    return SPEC.formatted(instances, partitions, suspend);
  }

  private static final Life IN_THE_CLUSTER =
      new Life(
          spec(2, 64, false),
          List.of(
              cluster -> {},
              FakeCluster::driverRuns,
              FakeCluster::executorsRun,
              cluster -> cluster.oldestExecutorEnds(137, "Error"),
              FakeCluster::executorsRun,
              cluster -> cluster.userApplies(spec(3, 64, false)),
              cluster -> cluster.driverWrites(spec -> Specs.withAsks(spec, Specs.ask(0, 3))),
              FakeCluster::executorsRun,
              KilledAtEveryCallTest::driverGivesBack,
              cluster -> cluster.podIsEvicted(cluster.names().driverPod(), "low on memory"),
              cluster -> cluster.timePasses(Duration.ofSeconds(10)),
              cluster -> cluster.driverRuns().executorsRun(),
              cluster -> cluster.userApplies(spec(2, 64, true)),
              cluster -> cluster.userApplies(spec(2, 64, false)),
              cluster -> cluster.driverRuns().executorsRun(),
              cluster -> cluster.userApplies(spec(2, 128, false)),
              cluster -> cluster.driverRuns().executorsRun(),
              cluster ->
                  cluster.driverWrites(
                      spec -> Specs.withProgress(spec, RightSizingTest.progress())),
              cluster -> cluster.driverEnds(0, "Completed", null)));

  private static final Life WITH_THE_DRIVER_OUTSIDE =
      new Life(
          """
          placement: Client
          client: {host: 10.0.0.99, port: 4711}
          executor: {instances: 2}
          """,
          List.of(
              FakeCluster::driverRenewsItsLease,
              FakeCluster::executorsRun,
              cluster -> cluster.oldestExecutorEnds(137, "Error"),
              FakeCluster::executorsRun,
              cluster -> cluster.driverWrites(spec -> Specs.withAsks(spec, Specs.ask(0, 3))),
              FakeCluster::executorsRun,
              KilledAtEveryCallTest::driverGivesBack,
              cluster -> cluster.driverWrites(spec -> Specs.withEnd(spec, 0, "It is done."))));

  /**
   * It waits for its rival, has all of the cluster, gives back what the rival needs to start, one
   * executor of its own accord and the others at the end of their time, one of which its driver
   * named, and gets them again.
   */
  private static final Life IN_A_QUEUE =
      new Life(
          """
          main: {jar: "local:///opt/app.jar", class: com.acme.Main}
          queue: etl
          executor: {min: 1, max: 5, instances: 5}
          """,
          app -> SharedCluster.of(app, 6),
          List.of(
              cluster -> {},
              cluster -> SharedCluster.rivalWants(cluster, 0),
              FakeCluster::driverRuns,
              FakeCluster::executorsRun,
              KilledAtEveryCallTest::rivalComesBack,
              KilledAtEveryCallTest::driverGivesOneUp,
              cluster -> SharedCluster.timePasses(cluster, 40),
              cluster -> SharedCluster.rivalWants(cluster, 0),
              FakeCluster::executorsRun,
              cluster -> cluster.driverEnds(0, "Completed", null)));

  private static void rivalComesBack(FakeCluster cluster) {
    SharedCluster.rivalWants(cluster, 2);
    SharedCluster.timePasses(cluster, 10);
  }

  /** Since when somebody waits an operator that follows another one does not know. */
  private static void driverGivesOneUp(FakeCluster cluster) {
    SharedCluster.timePasses(cluster, 10);
    cluster.reconcile().oldestExecutorEnds(0, "Completed");
    String next = Integer.toString(cluster.oldestExecutor());
    cluster.driverWrites(spec -> Specs.withLeaving(spec, next));
  }

  private static final Life BESIDE_ANOTHER_SCHEDULER =
      new Life(
          """
          main: {jar: "local:///opt/app.jar", class: com.acme.Main}
          batchScheduler: {kind: Volcano, queue: etl}
          executor: {min: 2, max: 4, instances: 3}
          restart: {policy: OnInfrastructureFailure, backoff: 10s}
          """,
          List.of(
              cluster -> {},
              cluster -> cluster.driverRunsOn("node-1").executorsRun(),
              cluster -> cluster.oldestExecutorEnds(137, "Error"),
              FakeCluster::executorsRun,
              cluster -> cluster.podIsEvicted(cluster.names().driverPod(), "low on memory"),
              cluster -> cluster.timePasses(Duration.ofSeconds(10)),
              cluster -> cluster.driverRunsOn("node-2").executorsRun(),
              cluster -> cluster.driverEnds(0, "Completed", null)));

  @Test
  void endsAsIfNothingHadHappenedWhateverHappensToACall() {
    List<String> differences = new ArrayList<>();
    int kills =
        disturbed(IN_THE_CLUSTER, differences)
            + disturbed(WITH_THE_DRIVER_OUTSIDE, differences)
            + disturbed(IN_A_QUEUE, differences)
            + disturbed(BESIDE_ANOTHER_SCHEDULER, differences);
    System.out.printf("kills: %d, differences: %d%n", kills, differences.size());
    assertThat(differences).isEmpty();
    assertThat(kills).isGreaterThan(300);
  }

  @Test
  void aLifeMakesNoPodTwice() {
    assertThat(undisturbed(IN_THE_CLUSTER).everCreated())
        .doesNotHaveDuplicates()
        .filteredOn(name -> name.endsWith("-driver"))
        .containsExactly(
            "flights-1-driver", "flights-2-driver", "flights-3-driver", "flights-4-driver");
    assertThat(undisturbed(WITH_THE_DRIVER_OUTSIDE).everCreated())
        .containsExactly(
            "flights-1-exec-1", "flights-1-exec-2", "flights-1-exec-3", "flights-1-exec-4");
  }

  /** Lives the life once for each call and fault, and tells how often that was. */
  private static int disturbed(Life life, List<String> differences) {
    FakeCluster undisturbed = undisturbed(life);
    assertThat(undisturbed.status().phase()).isEqualTo(Phase.Succeeded);
    int kills = 0;
    for (int step = 0; step < life.steps().size(); step++) {
      int calls = callsAt(life, step);
      assertThat(calls).as("the operator has something to do at step %d", step).isPositive();
      for (int call = 0; call < calls; call++) {
        for (Fault fault : Fault.values()) {
          String where = "step %d, call %d, %s".formatted(step, call, fault);
          differences(undisturbed, live(life, step, call, fault), where, differences);
          kills++;
        }
      }
    }
    return kills;
  }

  private static void differences(
      FakeCluster undisturbed, FakeCluster disturbed, String where, List<String> differences) {
    if (!disturbed.endState().equals(undisturbed.endState())) {
      differences.add(where + ": " + disturbed.endState());
    }
    if (!withoutIds(disturbed.everCreated()).equals(withoutIds(undisturbed.everCreated()))) {
      differences.add(where + ": created " + disturbed.everCreated());
    }
    if (!withoutIds(disturbed.said()).equals(withoutIds(undisturbed.said()))) {
      differences.add(where + ": said " + disturbed.said());
    }
  }

  private static void driverGivesBack(FakeCluster cluster) {
    String id = Integer.toString(cluster.oldestExecutor());
    cluster.driverWrites(spec -> Specs.withRelease(Specs.withAsks(spec, Specs.ask(0, 2)), id));
  }

  /** An id that was given out is never used again, whether or not a pod came of it. */
  private static List<String> withoutIds(List<String> texts) {
    return texts.stream()
        .map(
            text ->
                text.replaceAll("exec-\\d+", "exec")
                    .replaceAll("ecutor \\d+", "ecutor")
                    .replaceAll("takes \\d+ executors?", "takes executors"))
        .toList();
  }

  private static FakeCluster undisturbed(Life life) {
    return live(life, -1, 0, Fault.KilledBefore);
  }

  private static FakeCluster live(Life life, int disturbedAt, int call, Fault fault) {
    FakeCluster cluster = life.begin();
    for (int step = 0; step < life.steps().size(); step++) {
      life.steps().get(step).accept(cluster);
      if (step == disturbedAt) {
        cluster.reconcile(call, fault);
      }
      cluster.reconcile();
    }
    return cluster;
  }

  /** Calls of the first decision of a step. */
  private static int callsAt(Life life, int step) {
    FakeCluster cluster = life.begin();
    for (int before = 0; before < step; before++) {
      life.steps().get(before).accept(cluster);
      cluster.reconcile();
    }
    life.steps().get(step).accept(cluster);
    return cluster.reconcile(0);
  }
}
