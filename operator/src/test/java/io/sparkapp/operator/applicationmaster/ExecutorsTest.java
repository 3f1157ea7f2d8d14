package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.EndCause;
import io.sparkapp.crds.ExecutorRequestStatus.Bounds;
import io.sparkapp.crds.ExecutorRequestStatus.Ended;
import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import io.sparkapp.crds.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Executors that come, go, are lost and are replaced. */
class ExecutorsTest {

  @Test
  void replacesAKilledExecutorUnderANewIdAndTellsTheDriverThatItIsNotToBlame() {
    FakeCluster cluster = running(2);

    cluster.executorEnds(1, 137, "Error").reconcile();

    assertThat(cluster.everCreated()).containsOnlyOnce("flights-1-exec-3");
    Ended end = cluster.request().answered().ended().get(0);
    assertThat(end.id()).isEqualTo("1");
    assertThat(end.sequence()).isEqualTo(1);
    assertThat(end.cause()).isEqualTo(EndCause.Killed);
    assertThat(end.applicationAtFault()).isFalse();
    assertThat(cluster.said())
        .contains("ExecutorLost: Executor 1 was killed by signal 9 from outside.");
    assertThat(cluster.status().executors().failed()).isEqualTo(1);
    assertThat(cluster.status().message())
        .isEqualTo(
            "The driver runs and has reported no job yet."
                + " Executor 1 was killed by signal 9 from outside.");
  }

  @Test
  void blamesTheApplicationForAnOomKilledExecutorAndSaysWhatToRaise() {
    FakeCluster cluster = running(1).executorEnds(1, 137, "OOMKilled").reconcile();

    Ended end = cluster.request().answered().ended().get(0);
    assertThat(end.cause()).isEqualTo(EndCause.OOMKilled);
    assertThat(end.applicationAtFault()).isTrue();
    assertThat(end.message())
        .isEqualTo(
            "Executor 1 was OOMKilled at its limit of 2432Mi; raise executor.memoryOverhead.");
  }

  @Test
  void doesNotBlameTheApplicationForAnEviction() {
    FakeCluster cluster = running(1).podIsEvicted("flights-1-exec-1", "low on disk").reconcile();

    Ended end = cluster.request().answered().ended().get(0);
    assertThat(end.cause()).isEqualTo(EndCause.Evicted);
    assertThat(end.applicationAtFault()).isFalse();
    assertThat(cluster.status().executors().failed()).isZero();
  }

  @Test
  void tellsTheDriverThatAnExecutorWasDrainedAndNotJustDeleted() {
    FakeCluster cluster = running(1).podIsDrained("flights-1-exec-1").reconcile();
    assertThat(cluster.request().answered().ended()).isEmpty();

    cluster.driverWrites(spec -> Specs.withDisconnected(spec, "1")).reconcile();

    Ended end = cluster.request().answered().ended().get(0);
    assertThat(end.cause()).isEqualTo(EndCause.Evicted);
    assertThat(end.applicationAtFault()).isFalse();
    assertThat(end.message())
        .startsWith("Executor 1 was evicted from ")
        .endsWith("(EvictionByEvictionAPI).");
  }

  @Test
  void knowsADrainOfAnExecutorByItsEndToo() {
    FakeCluster cluster =
        running(1).podIsDrained("flights-1-exec-1").executorEnds(1, 143, "Error").reconcile();

    assertThat(cluster.request().answered().ended())
        .extracting(Ended::cause)
        .containsExactly(EndCause.Evicted);
    assertThat(cluster.status().executors().failed()).isZero();
  }

  @Test
  void createsMoreWhenTheDriverAsksForMore() {
    FakeCluster cluster = running(1);

    cluster.driverWrites(spec -> Specs.withAsks(spec, Specs.ask(0, 3))).reconcile();

    assertThat(cluster.podNames()).contains("flights-1-exec-2", "flights-1-exec-3");
    assertThat(cluster.pod("flights-1-exec-3").getMetadata().getAnnotations())
        .as("an executor that is created later knows its driver from the start")
        .containsEntry(Names.DRIVER_ADDRESS, "10.0.0.1:7078");
    assertThat(cluster.request().answered().lastExecutorId()).isEqualTo(3);
    assertThat(cluster.status().executors().summary()).isEqualTo("1/3");
  }

  @Test
  void aLowerTotalCancelsExecutorsThatHaveNotStartedAndNeverEndsARunningOne() {
    FakeCluster cluster = running(2);
    cluster.driverWrites(spec -> Specs.withAsks(spec, Specs.ask(0, 4))).reconcile();

    cluster.driverWrites(spec -> Specs.withAsks(spec, Specs.ask(0, 1))).reconcile();

    assertThat(cluster.podNames())
        .containsExactly("flights-1-driver", "flights-1-exec-1", "flights-1-exec-2");
  }

  @Test
  void deletesAnExecutorThatTheDriverGivesBackAndDoesNotReplaceItWhenTheTotalIsLower() {
    FakeCluster cluster = running(2);

    cluster
        .driverWrites(spec -> Specs.withRelease(Specs.withAsks(spec, Specs.ask(0, 1)), "2"))
        .reconcile();

    assertThat(cluster.podNames()).containsExactly("flights-1-driver", "flights-1-exec-1");
    assertThat(cluster.request().answered().ended())
        .extracting(Ended::id, Ended::cause)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("2", EndCause.Released));
    assertThat(cluster.status().executors().failed()).isZero();
  }

  @Test
  void answersADriverThatAsksForAnExecutorWhosePodIsGone() {
    FakeCluster cluster = running(2).podVanishes("flights-1-exec-2").reconcile();

    cluster.driverWrites(spec -> Specs.withDisconnected(spec, "2")).reconcile();

    Ended end = cluster.request().answered().ended().get(0);
    assertThat(end.id()).isEqualTo("2");
    assertThat(end.cause()).isEqualTo(EndCause.Deleted);
    assertThat(end.applicationAtFault()).isFalse();
    assertThat(cluster.everCreated()).containsOnlyOnce("flights-1-exec-3");
  }

  @Test
  void keepsQuietAboutALostConnectionWhileTheExecutorsPodStillRuns() {
    FakeCluster cluster = running(1);

    cluster.driverWrites(spec -> Specs.withDisconnected(spec, "1")).reconcile();

    assertThat(cluster.request().answered().ended()).isEmpty();
  }

  @Test
  void aDriverThatStopsIsNotAnsweredAnyMore() {
    FakeCluster cluster = stopping(2);

    assertThat(cluster.decide().before()).isEmpty();
    cluster.reconcile().driverEnds(0, "Completed", null).reconcile();
    assertThat(cluster.podNames()).containsExactly("flights-1-driver");
    assertThat(cluster.status().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void aDriverThatGoesOnWithoutSparkIsLookedAfterAgainSoon() {
    FakeCluster cluster = stopping(2).reconcile();
    assertThat(cluster.decide().lookAgain())
        .hasValueSatisfying(soon -> assertThat(soon).isLessThanOrEqualTo(Duration.ofSeconds(30)));

    cluster.timePasses(Duration.ofSeconds(30)).reconcile();

    assertThat(cluster.podNames()).containsExactly("flights-1-driver");
    assertThat(cluster.request().answered().granted()).containsExactly(new Grant(0, 0));
  }

  @Test
  void whatADriverWithAnotherClockSaysOfItsStopHoldsNothingUp() {
    assertStopHoldsNothingUp("2026-01-01T01:00:00Z");
  }

  @Test
  void aStopThatIsNoTimeHoldsNothingUp() {
    assertStopHoldsNothingUp("soon");
  }

  private static void assertStopHoldsNothingUp(String since) {
    FakeCluster cluster = running(1);

    cluster
        .driverWrites(spec -> Specs.stopping(Specs.withAsks(spec, Specs.ask(0, 0)), since))
        .executorEnds(1, 0, "Completed")
        .reconcile();

    assertThat(cluster.podNames()).containsExactly("flights-1-driver");
  }

  @Test
  void aDriverThatBeginsAnewAfterItHasStoppedIsAnsweredAgain() {
    FakeCluster cluster = stopping(1).reconcile();

    cluster.driverWrites(spec -> Specs.withAsks(Specs.goingOn(spec), Specs.ask(0, 1))).reconcile();

    assertThat(cluster.podNames()).containsExactly("flights-1-driver", "flights-1-exec-2");
    assertThat(cluster.request().answered().ended()).extracting(Ended::id).containsExactly("1");
  }

  /** Its driver has just stopped Spark, and all of its executors have ended. */
  private static FakeCluster stopping(int executors) {
    FakeCluster cluster = running(executors);
    cluster.driverWrites(
        spec -> Specs.stopping(Specs.withAsks(spec, Specs.ask(0, 0)), cluster.now().toString()));
    for (int id = 1; id <= executors; id++) {
      cluster.executorEnds(id, 0, "Completed");
    }
    return cluster;
  }

  @Test
  void forgetsAnEndOnlyWhenTheDriverHasSeenItAndThePodIsGone() {
    FakeCluster cluster = running(2).executorEnds(1, 0, "Completed").reconcile();
    assertThat(cluster.podNames()).doesNotContain("flights-1-exec-1");
    assertThat(cluster.request().answered().ended()).hasSize(1);

    cluster.driverWrites(spec -> Specs.withSeen(spec, 1)).reconcile();

    assertThat(cluster.request().answered().ended()).isEmpty();
    assertThat(cluster.request().answered().lastSequence()).isEqualTo(1);
  }

  @Test
  void keepsThePodsOfTheLastThreeFailedExecutorsForTheirLogs() {
    FakeCluster cluster = running(4);

    for (int id = 1; id <= 4; id++) {
      cluster.executorEnds(id, 1, "Error").reconcile();
    }

    assertThat(cluster.podNames())
        .doesNotContain("flights-1-exec-1")
        .contains("flights-1-exec-2", "flights-1-exec-3", "flights-1-exec-4");
  }

  @Test
  void givesUpAfterTooManyFailedExecutorsWithYarnsExitCode() {
    FakeCluster cluster = running(1);

    for (int id = 1; id <= 3; id++) {
      cluster.executorRuns(id).executorEnds(id, 1, "Error").reconcile();
    }

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().driver().exitCode()).isEqualTo(11);
    assertThat(cluster.status().message())
        .isEqualTo(
            "3 executors failed, and 3 are too many. The last: Executor 3 ended with exit code 1.");
    assertThat(cluster.podNames()).isEmpty();
  }

  @Test
  void executorsOfAnotherResourceProfileAreCountedApart() {
    FakeCluster cluster = running(1);

    cluster
        .driverWrites(spec -> Specs.withAsks(spec, Specs.ask(0, 1), Specs.ask(1, 2)))
        .reconcile();

    assertThat(cluster.pod("flights-1-exec-2").getMetadata().getLabels())
        .containsEntry(Names.PROFILE, "1");
    assertThat(cluster.podNames()).hasSize(4);
  }

  @Test
  void anIdIsNeverUsedTwiceEvenWhenThePodsWithTheHighestIdsAreGone() {
    FakeCluster cluster =
        running(2).podVanishes("flights-1-exec-1").podVanishes("flights-1-exec-2");

    cluster.reconcile();

    assertThat(cluster.everCreated())
        .containsExactlyElementsOf(
            List.of(
                "flights-1-driver",
                "flights-1-exec-1",
                "flights-1-exec-2",
                "flights-1-exec-3",
                "flights-1-exec-4"));
  }

  @Test
  void tellsTheDriverAtOnceHowManyExecutorsItsUserAllowsNow() {
    FakeCluster cluster = running(2);
    assertThat(cluster.request().answered().bounds()).isEqualTo(new Bounds(1L, 2, 2));

    cluster
        .userApplies("main: {jar: \"local:///a.jar\", class: A}\nexecutor: {instances: 5}\n")
        .reconcile();

    assertThat(cluster.request().answered().bounds()).isEqualTo(new Bounds(2L, 5, 5));
    assertThat(cluster.podNames()).as("the driver asks for them").hasSize(3);

    cluster
        .userApplies("main: {jar: \"local:///a.jar\", class: A}\nexecutor: {min: 1, max: 9}\n")
        .reconcile();
    assertThat(cluster.request().answered().bounds()).isEqualTo(new Bounds(3L, 1, 9));
  }

  private static FakeCluster running(int executors) {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(executors)).reconcile().driverRuns();
    for (int id = 1; id <= executors; id++) {
      cluster.executorRuns(id);
    }
    return cluster.reconcile();
  }
}
