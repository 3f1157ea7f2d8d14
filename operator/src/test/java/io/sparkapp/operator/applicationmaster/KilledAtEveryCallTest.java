package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.operator.applicationmaster.FakeCluster.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A whole application: it starts, loses an executor, is allowed more and wants more, loses its
 * driver, is tried again, is suspended and resumed, is changed so that it has to start anew, and
 * ends. The operator is disturbed at every single call that it makes, in every way, one run for
 * each; nothing of that can be seen in the end.
 */
class KilledAtEveryCallTest {

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

  private static final List<Consumer<FakeCluster>> LIFE =
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
          cluster -> cluster.driverEnds(0, "Completed", null));

  @Test
  void endsAsIfNothingHadHappenedWhateverHappensToACall() {
    FakeCluster undisturbed = live(-1, 0, Fault.KilledBefore);
    Map<String, Object> end = undisturbed.endState();
    assertThat(end).containsEntry("attempt", 4);
    int kills = 0;
    List<String> differences = new ArrayList<>();
    for (int step = 0; step < LIFE.size(); step++) {
      int calls = callsAt(step);
      assertThat(calls).as("the operator has something to do at step %d", step).isPositive();
      for (int call = 0; call < calls; call++) {
        for (Fault fault : Fault.values()) {
          FakeCluster cluster = live(step, call, fault);
          String where = "step %d, call %d, %s".formatted(step, call, fault);
          if (!cluster.endState().equals(end)) {
            differences.add(where + ": " + cluster.endState());
          }
          if (!withoutIds(cluster.everCreated()).equals(withoutIds(undisturbed.everCreated()))) {
            differences.add(where + ": created " + cluster.everCreated());
          }
          if (!withoutIds(cluster.said()).equals(withoutIds(undisturbed.said()))) {
            differences.add(where + ": said " + cluster.said());
          }
          kills++;
        }
      }
    }
    System.out.printf("kills: %d, differences: %d%n", kills, differences.size());
    assertThat(differences).isEmpty();
    assertThat(kills).isGreaterThan(200);
  }

  @Test
  void aLifeMakesNoPodTwice() {
    assertThat(live(-1, 0, Fault.KilledBefore).everCreated())
        .doesNotHaveDuplicates()
        .filteredOn(name -> name.endsWith("-driver"))
        .containsExactly(
            "flights-1-driver", "flights-2-driver", "flights-3-driver", "flights-4-driver");
  }

  private static void driverGivesBack(FakeCluster cluster) {
    String id = Integer.toString(cluster.oldestExecutor());
    cluster.driverWrites(spec -> Specs.withRelease(Specs.withAsks(spec, Specs.ask(0, 2)), id));
  }

  /** An id that was given out is never used again, whether or not a pod came of it. */
  private static List<String> withoutIds(List<String> texts) {
    return texts.stream()
        .map(text -> text.replaceAll("exec-\\d+", "exec").replaceAll("ecutor \\d+", "ecutor"))
        .toList();
  }

  private static FakeCluster live(int disturbedAt, int call, Fault fault) {
    FakeCluster cluster = new FakeCluster(Apps.of(spec(2, 64, false)));
    for (int step = 0; step < LIFE.size(); step++) {
      LIFE.get(step).accept(cluster);
      if (step == disturbedAt) {
        cluster.reconcile(call, fault);
      }
      cluster.reconcile();
    }
    return cluster;
  }

  /** Calls of the first decision of a step. */
  private static int callsAt(int step) {
    FakeCluster cluster = new FakeCluster(Apps.of(spec(2, 64, false)));
    for (int before = 0; before < step; before++) {
      LIFE.get(before).accept(cluster);
      cluster.reconcile();
    }
    LIFE.get(step).accept(cluster);
    return cluster.reconcile(0);
  }
}
