package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** An operator that is killed after any of its calls, and started again, changes nothing. */
class KilledBetweenCallsTest {

  private static final List<Consumer<FakeCluster>> LIFE =
      List.of(
          cluster -> {},
          FakeCluster::driverRuns,
          cluster -> cluster.executorRuns(1).executorRuns(2),
          cluster -> cluster.executorEnds(1, 137, "Error"),
          cluster -> cluster.executorRuns(3),
          cluster -> cluster.driverWrites(spec -> Specs.withAsks(spec, Specs.ask(0, 3))),
          cluster -> cluster.driverEnds(0, "Completed", null));

  @Test
  void endsAsIfNothingHadHappenedWhereverItIsKilled() {
    Map<String, Object> undisturbed = live(-1, 0).endState();
    int kills = 0;
    for (int step = 0; step < LIFE.size(); step++) {
      int calls = callsAt(step);
      assertThat(calls).as("the operator has something to do at step %d", step).isPositive();
      for (int call = 0; call <= calls; call++) {
        FakeCluster cluster = live(step, call);
        assertThat(cluster.endState())
            .as("killed at step %d after call %d", step, call)
            .isEqualTo(undisturbed);
        assertThat(cluster.everCreated()).doesNotHaveDuplicates();
        assertThat(cluster.everCreated()).filteredOn(name -> name.endsWith("-driver")).hasSize(1);
        kills++;
      }
    }
    assertThat(kills).isGreaterThan(25);
  }

  private static FakeCluster live(int killedAt, int afterCall) {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(2));
    for (int step = 0; step < LIFE.size(); step++) {
      LIFE.get(step).accept(cluster);
      if (step == killedAt) {
        cluster.reconcile(afterCall);
      }
      cluster.reconcile();
    }
    return cluster;
  }

  private static int callsAt(int step) {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(2));
    for (int before = 0; before < step; before++) {
      LIFE.get(before).accept(cluster);
      cluster.reconcile();
    }
    LIFE.get(step).accept(cluster);
    return cluster.reconcile(0);
  }
}
