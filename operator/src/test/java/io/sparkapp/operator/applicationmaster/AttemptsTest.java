package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.AttemptOutcome;
import io.sparkapp.crds.PastAttempt;
import io.sparkapp.crds.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How an application comes back, rests, and goes for good. */
class AttemptsTest {

  private static final String SPEC =
      """
      main: {jar: "local:///opt/app.jar", class: com.acme.Main}
      executor: {instances: 1}
      """;
  private static final String ON_FAILURE =
      SPEC + "restart: {policy: OnFailure, maxAttempts: 2, backoff: 10s}\n";

  @Test
  void anAttemptThatFailedIsFollowedByAnotherAfterAPause() {
    FakeCluster cluster = running(ON_FAILURE).driverEnds(3, "Error", null).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Restarting);
    assertThat(cluster.status().message())
        .isEqualTo(
            "The driver ended with exit code 3; its log says more."
                + " Attempt 2 starts at 2026-01-01T00:00:10Z.");
    assertThat(cluster.status().nextAttempt()).isEqualTo("2026-01-01T00:00:10Z");
    assertThat(cluster.podNames()).as("its log stays").containsExactly("flights-1-driver");

    cluster.timePasses(Duration.ofSeconds(9)).reconcile();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Restarting);
    cluster.timePasses(Duration.ofSeconds(1)).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Starting);
    assertThat(cluster.status().attempt()).isEqualTo(2);
    assertThat(cluster.status().applicationId()).isEqualTo("flights-2");
    assertThat(cluster.status().nextAttempt()).isNull();
    assertThat(cluster.podNames())
        .containsExactly("flights-1-driver", "flights-2-driver", "flights-2-exec-1");
    assertThat(cluster.status().history())
        .containsExactly(
            new PastAttempt(
                1,
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z",
                AttemptOutcome.Failed,
                3,
                "The driver ended with exit code 3; its log says more."));
  }

  @Test
  void theLastAttemptThatMayFailEndsTheApplication() {
    FakeCluster cluster = running(ON_FAILURE).driverEnds(3, "Error", null).reconcile();
    cluster.timePasses(Duration.ofSeconds(10)).reconcile().driverRuns().reconcile();

    cluster.driverEnds(4, "Error", null).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .isEqualTo(
            "The driver ended with exit code 4; its log says more."
                + " 2 attempts failed, as many as restart.maxAttempts allows.");
    assertThat(cluster.status().driver().exitCode()).isEqualTo(4);
    assertThat(cluster.said())
        .contains(
            "AttemptFailed: Attempt 1: The driver ended with exit code 3; its log says more.",
            "Failed: " + cluster.status().message());
  }

  @Test
  void aDriverThatItsNodeTookComesBackThoughOnlyThatIsToBeTriedAgain() {
    String spec = SPEC + "restart: {policy: OnInfrastructureFailure, backoff: 1s}\n";
    FakeCluster cluster = running(spec).podIsEvicted("flights-1-driver", "low on disk").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Restarting);
    assertThat(cluster.status().history())
        .extracting(PastAttempt::outcome)
        .containsExactly(AttemptOutcome.Lost);
  }

  @Test
  void aDriverWhosePodWasDeletedComesBack() {
    FakeCluster cluster = running(ON_FAILURE).podVanishes("flights-1-driver").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Restarting);
    cluster.timePasses(Duration.ofSeconds(10)).reconcile();
    assertThat(cluster.status().attempt()).isEqualTo(2);
  }

  @Test
  void aServiceIsStartedAgainAfterASuccessToo() {
    FakeCluster cluster =
        running(SPEC + "restart: {policy: Always}\n").driverEnds(0, "Completed", null).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Restarting);
    assertThat(cluster.status().message())
        .isEqualTo("The driver ended with exit code 0. Attempt 2 starts at 2026-01-01T00:00:10Z.");
  }

  @Test
  void driversOfTheLastTwoAttemptsAreKeptForTheirLogs() {
    FakeCluster cluster = running(SPEC + "restart: {policy: Always}\n");
    for (int attempt = 1; attempt <= 3; attempt++) {
      cluster.driverRuns().reconcile().driverEnds(0, "Completed", null).reconcile();
      cluster.timePasses(Duration.ofSeconds(10)).reconcile();
    }

    assertThat(cluster.podNames())
        .filteredOn(pod -> pod.endsWith("-driver"))
        .containsExactly("flights-3-driver", "flights-4-driver");
  }

  @Test
  void theDriversPodStaysAsLongAsItsUserWantsItsLog() {
    assertThat(podsAfter("retainDriver: Always\n", 0)).containsExactly("flights-1-driver");
    assertThat(podsAfter("retainDriver: OnFailure\n", 0)).isEmpty();
    assertThat(podsAfter("retainDriver: OnFailure\n", 1)).containsExactly("flights-1-driver");
    assertThat(podsAfter("retainDriver: Never\n", 1)).isEmpty();
  }

  @Test
  void aDriverThatIsNotWantedGoesBetweenTwoAttemptsToo() {
    String spec = SPEC + "restart: {policy: Always}\nretainDriver: OnFailure\n";
    FakeCluster cluster = running(spec).driverEnds(0, "Completed", null).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Restarting);
    assertThat(cluster.podNames()).isEmpty();
    cluster.timePasses(Duration.ofSeconds(10)).reconcile();
    assertThat(cluster.status().attempt()).isEqualTo(2);
  }

  private static java.util.List<String> podsAfter(String lines, int exitCode) {
    return running(SPEC + lines)
        .driverEnds(exitCode, exitCode == 0 ? "Completed" : "Error", null)
        .reconcile()
        .podNames();
  }

  @Test
  void suspendingEndsWhatRunsAndResumingStartsAnAttempt() {
    FakeCluster cluster = running(SPEC).userApplies(SPEC + "suspend: true\n").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Suspended);
    assertThat(cluster.status().message())
        .isEqualTo("Suspended; it starts again when spec.suspend is false.");
    assertThat(cluster.podNames()).isEmpty();
    assertThat(cluster.request()).isNull();
    assertThat(cluster.status().observedGeneration()).isEqualTo(2);

    cluster.timePasses(Duration.ofHours(1)).userApplies(SPEC).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Starting);
    assertThat(cluster.status().attempt()).isEqualTo(2);
    assertThat(cluster.status().started()).isEqualTo("2026-01-01T01:00:00Z");
    assertThat(cluster.status().history())
        .extracting(PastAttempt::outcome)
        .containsExactly(AttemptOutcome.Suspended);
  }

  @Test
  void whatIsSuspendedFromTheStartBecomesAttemptOne() {
    FakeCluster cluster = new FakeCluster(Apps.of(SPEC + "suspend: true\n")).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Suspended);
    assertThat(cluster.everCreated()).isEmpty();

    cluster.userApplies(SPEC).reconcile();
    assertThat(cluster.status().attempt()).isEqualTo(1);
    assertThat(cluster.podNames()).contains("flights-1-driver");
  }

  @Test
  void killingEndsItForGoodWithTheReason() {
    FakeCluster cluster =
        running(ON_FAILURE).userApplies(ON_FAILURE + "kill: wrong year\n").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message()).isEqualTo("Killed: wrong year");
    assertThat(cluster.podNames()).isEmpty();
    assertThat(cluster.said()).contains("Failed: Killed: wrong year");
  }

  @Test
  void killingEndsAnApplicationBetweenTwoAttemptsToo() {
    FakeCluster cluster = running(ON_FAILURE).driverEnds(3, "Error", null).reconcile();

    cluster.userApplies(ON_FAILURE + "kill: enough\n").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().nextAttempt()).isNull();
    assertThat(cluster.timePasses(Duration.ofHours(1)).reconcile().status().attempt()).isEqualTo(1);
  }

  @Test
  void anApplicationIsDeletedWhenItsTimeToLiveIsOver() {
    FakeCluster cluster =
        running(SPEC + "timeToLive: 1h\n").driverEnds(0, "Completed", null).reconcile();

    assertThat(cluster.decide().lookAgain()).contains(Duration.ofHours(1).plusMillis(1));
    cluster.timePasses(Duration.ofMinutes(59)).reconcile(Integer.MAX_VALUE);
    assertThat(cluster.applicationDeleted()).isFalse();
    cluster.timePasses(Duration.ofMinutes(1)).reconcile(Integer.MAX_VALUE);
    assertThat(cluster.applicationDeleted()).isTrue();
  }

  @Test
  void aLongerTimeToLiveCountsAfterTheEndToo() {
    FakeCluster cluster =
        running(SPEC + "timeToLive: 1h\n").driverEnds(0, "Completed", null).reconcile();

    cluster.userApplies(SPEC + "timeToLive: 2h\n").timePasses(Duration.ofHours(1)).reconcile();

    assertThat(cluster.applicationDeleted()).isFalse();
    assertThat(cluster.status().observedGeneration()).isEqualTo(2);
  }

  @Test
  void aDriverOnANodeThatNobodySpeaksForIsLostWhenItOughtToBeGone() {
    String spec = SPEC + "restart: {policy: OnInfrastructureFailure}\n";
    FakeCluster cluster = running(spec).podIsDrained("flights-1-driver").reconcile();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
    assertThat(cluster.decide().lookAgain()).contains(Duration.ofSeconds(20).plusMillis(1));

    cluster.timePasses(Duration.ofSeconds(20)).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Restarting);
    cluster.timePasses(Duration.ofSeconds(10)).reconcile();
    assertThat(cluster.status().attempt()).isEqualTo(2);
  }

  @Test
  void anInitContainerThatFailsIsNoFaultOfTheClusters() {
    String spec = SPEC + "restart: {policy: OnInfrastructureFailure}\n";
    FakeCluster cluster =
        new FakeCluster(Apps.of(spec))
            .reconcile()
            .initContainerFails("flights-1-driver")
            .reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .isEqualTo("The driver did not start: its init container fetch ended with exit code 2.");
  }

  @Test
  void theNextAttemptWaitsUntilTheLastDriverIsGone() {
    FakeCluster cluster = running(SPEC).podIsDrained("flights-1-driver");
    cluster.userApplies(SPEC + "suspend: true\n").reconcile();

    cluster.userApplies(SPEC).reconcile();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Suspended);
    assertThat(cluster.decide().lookAgain()).isPresent();

    cluster.podVanishes("flights-1-driver").reconcile();
    assertThat(cluster.status().attempt()).isEqualTo(2);
  }

  @Test
  void anAttemptThatWasBegunAndNotRecordedIsOverWhenItIsSuspended() {
    FakeCluster cluster = new FakeCluster(Apps.of(SPEC));
    // Request, Secret and driver: then the operator dies.
    cluster.reconcile(3);
    assertThat(cluster.podNames()).containsExactly("flights-1-driver");

    cluster.userApplies(SPEC + "suspend: true\n").reconcile();
    cluster.userApplies(SPEC).reconcile();

    assertThat(cluster.status().attempt()).isEqualTo(2);
  }

  @Test
  void whoKillsAnApplicationWhileAnAttemptEndsGetsNoOther() {
    FakeCluster cluster = running(ON_FAILURE).driverEnds(3, "Error", null);

    cluster.userApplies(ON_FAILURE + "kill: enough\n").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
  }

  @Test
  void aSpecThatARunningAttemptCanNotTakeInStartsAnotherWhereThatIsAskedFor() {
    String before = SPEC + "limits: {run: 1h}\nupdateStrategy: Restart\n";
    FakeCluster cluster = running(before).timePasses(Duration.ofMinutes(50));

    cluster.userApplies(before + "image: newer\ntimeToLive: 1d\n").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Starting);
    assertThat(cluster.status().attempt()).isEqualTo(2);
    assertThat(cluster.status().history())
        .containsExactly(
            new PastAttempt(
                1,
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:50:00Z",
                AttemptOutcome.Changed,
                null,
                "The spec changed (spec.image), and updateStrategy is Restart."));
    assertThat(cluster.said())
        .contains(
            "SpecChanged: Attempt 1: The spec changed (spec.image), and updateStrategy is"
                + " Restart.");
    assertThat(cluster.podNames()).containsExactly("flights-2-driver", "flights-2-exec-1");
    assertThat(cluster.pod("flights-2-driver").getSpec().getContainers().get(0).getImage())
        .isEqualTo("newer");
    cluster.driverRuns().timePasses(Duration.ofMinutes(50)).reconcile();
    assertThat(cluster.status().phase()).as("its time begins anew").isEqualTo(Phase.Running);
  }

  @Test
  void whetherThereIsDynamicAllocationIsNothingThatARunningAttemptTakesIn() {
    String before = "main: {jar: \"local:///a.jar\", class: A}\nupdateStrategy: Restart\n";
    FakeCluster cluster = running(before + "executor: {instances: 1}\n");

    cluster.userApplies(before + "executor: {instances: 3}\n").reconcile();
    assertThat(cluster.status().attempt()).isEqualTo(1);

    cluster.userApplies(before + "executor: {max: 3}\n").reconcile();
    assertThat(cluster.status().attempt()).isEqualTo(2);
    assertThat(cluster.status().history().get(0).message()).contains("(spec.executor)");
  }

  @Test
  void withoutThatStrategyAnAttemptRunsWhatItWasMadeFrom() {
    FakeCluster cluster = running(SPEC);

    // Only an older API server's rules could let this through.
    cluster.userApplies(SPEC + "image: newer\n").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
    assertThat(cluster.status().attempt()).isEqualTo(1);
  }

  static FakeCluster running(String spec) {
    return new FakeCluster(Apps.of(spec)).reconcile().driverRuns().executorsRun().reconcile();
  }
}
