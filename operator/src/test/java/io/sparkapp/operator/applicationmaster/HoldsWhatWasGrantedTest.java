package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.operator.resourcemanager.ApplicationDemand;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Of whom an operator that begins need look at no pod. */
class HoldsWhatWasGrantedTest {

  @Test
  void oneThatHasWhatItWasGrantedAndWantsItTellsByItsRequestAlone() {
    FakeCluster cluster = FakeCluster.running(2);

    assertThat(cluster.observed().holdsWhatWasGranted()).isTrue();
    assertThat(cluster.observed().untouched()).isFalse();
  }

  @Test
  void oneThatWasJustCreatedHasNothing() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(2));

    assertThat(cluster.observed().holdsWhatWasGranted()).isTrue();
    assertThat(cluster.observed().untouched()).isTrue();
  }

  @Test
  void oneOfWhichOnlyTheRequestWasMadeIsNotUntouched() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(2));
    cluster.reconcile(2);
    assertThat(cluster.request()).isNotNull();
    assertThat(cluster.podNames()).isEmpty();

    assertThat(cluster.observed().untouched()).isFalse();
    assertThat(cluster.observed().holdsWhatWasGranted()).isTrue();
  }

  @Test
  void oneThatMadeMoreExecutorsThanItHasIsLookedAt() {
    FakeCluster cluster = FakeCluster.running(2).executorEnds(1, 137, "Error").reconcile();

    assertThat(cluster.observed().holdsWhatWasGranted()).isFalse();
  }

  @Test
  void oneWhoseDriverWantsFewerThanItWasGrantedIsLookedAt() {
    FakeCluster cluster =
        FakeCluster.running(2).driverWrites(spec -> Specs.withAsks(spec, Specs.ask(0, 1)));

    assertThat(cluster.observed().holdsWhatWasGranted()).isFalse();
  }

  @Test
  void oneWhoseRequestIsGoneIsLookedAt() {
    FakeCluster cluster = FakeCluster.running(2).requestVanishes();

    assertThat(cluster.observed().holdsWhatWasGranted()).isFalse();
  }

  @Test
  void whatItIsChargedForIsTheSameAsWhenItsPodsAreSeen() {
    FakeCluster cluster = FakeCluster.running(2);
    Observed seen = cluster.observed();
    Observed unseen =
        new Observed(seen.app(), seen.request(), Optional.empty(), List.of(), cluster.now());
    ApplicationMaster master = cluster.master();

    assertThat(master.reported(unseen, 0).map(ApplicationDemand::holdingWhatWasGranted))
        .isEqualTo(master.reported(seen, 0));
  }
}
