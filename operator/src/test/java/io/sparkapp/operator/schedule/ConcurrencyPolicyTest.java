package io.sparkapp.operator.schedule;

import static io.sparkapp.operator.schedule.HourlyRuns.HOURLY;
import static io.sparkapp.operator.schedule.HourlyRuns.ONE;
import static io.sparkapp.operator.schedule.HourlyRuns.THREE;
import static io.sparkapp.operator.schedule.HourlyRuns.TWO;
import static io.sparkapp.operator.schedule.HourlyRuns.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.ScheduledSparkAppStatus.SkippedRun.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of a run that is due while an earlier one has not ended. */
class ConcurrencyPolicyTest {

  private static final String FORBID = HOURLY + "concurrencyPolicy: Forbid\n";
  private static final String REPLACE = HOURLY + "concurrencyPolicy: Replace\n";

  @Test
  void allowedRunsRunSideBySide() {
    FakeScheduleCluster cluster =
        created(HOURLY)
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile()
            .timeIs("2026-01-01T02:00:00Z")
            .reconcile();

    assertThat(cluster.status().active()).isEqualTo(2);
    assertThat(cluster.status().activeApps()).containsExactly(ONE, TWO);
    assertThat(cluster.status().message())
        .isEqualTo("2 runs have not ended. The next run is at 2026-01-01T03:00:00Z.");
  }

  @Test
  void aForbiddenRunIsNotStartedBesideAnotherAndItIsSaidOnce() {
    FakeScheduleCluster cluster =
        created(FORBID)
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile()
            .timeIs("2026-01-01T02:00:00Z")
            .reconcile()
            .timeIs("2026-01-01T02:30:00Z")
            .reconcile();

    assertThat(cluster.everCreated()).containsExactly(ONE);
    String sentence =
        "The run of 2026-01-01T02:00:00Z was not started: "
            + ONE
            + " has not ended, and concurrencyPolicy is Forbid.";
    assertThat(cluster.said()).endsWith("RunHeldUp: " + sentence).hasSize(2);
    assertThat(cluster.status().message()).startsWith(sentence);
  }

  @Test
  void theLastForbiddenRunIsMadeUpForWhenTheOneBeforeHasEnded() {
    FakeScheduleCluster cluster =
        created(FORBID)
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile()
            .timeIs("2026-01-01T02:00:00Z")
            .reconcile()
            .timeIs("2026-01-01T03:20:00Z")
            .reconcile()
            .runEnds(Phase.Succeeded, "done")
            .reconcile();

    assertThat(cluster.everCreated()).containsExactly(ONE, THREE);
    assertThat(cluster.status().message())
        .isEqualTo(THREE + " has not ended. The next run is at 2026-01-01T04:00:00Z.");
  }

  @Test
  void aForbiddenRunIsSkippedWhenTheOneBeforeEndsAfterItsStartingDeadline() {
    FakeScheduleCluster cluster =
        created(FORBID + "startingDeadline: 10m\n")
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile()
            .timeIs("2026-01-01T02:00:00Z")
            .reconcile();
    assertThat(cluster.status().skipped().reason()).isEqualTo(Reason.StillRunning);

    cluster
        .timeIs("2026-01-01T02:10:01Z")
        .reconcile()
        .timeIs("2026-01-01T02:20:00Z")
        .runEnds(Phase.Succeeded, "done")
        .reconcile();

    assertThat(cluster.everCreated()).containsExactly(ONE);
    assertThat(cluster.status().skipped().reason()).isEqualTo(Reason.TooLate);
  }

  @Test
  void aReplacedRunIsDeletedAndTheNewOneWaitsUntilNothingIsLeftOfIt() {
    FakeScheduleCluster cluster =
        created(REPLACE)
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile()
            .timeIs("2026-01-01T02:00:00Z")
            .reconcile();

    assertThat(cluster.app(ONE).getMetadata().getDeletionTimestamp()).isNotNull();
    assertThat(cluster.everCreated()).containsExactly(ONE);
    assertThat(cluster.status().message())
        .isEqualTo(
            "The run of 2026-01-01T02:00:00Z starts when nothing is left of "
                + ONE
                + ", which it replaces.");
    assertThat(cluster.said())
        .endsWith("Replaced: Deletes " + ONE + " for the run of 2026-01-01T02:00:00Z.");

    cluster.deletedGo().reconcile();

    assertThat(cluster.everCreated()).containsExactly(ONE, TWO);
    assertThat(cluster.status().activeApps()).containsExactly(TWO);
  }

  @Test
  void ofVeryManyThatAreReplacedSomeAreNamed() {
    FakeScheduleCluster cluster = created(HOURLY);
    for (int hour = 0; hour < 5; hour++) {
      cluster.timePasses(Duration.ofHours(1)).reconcile();
    }

    cluster.userApplies(REPLACE).timePasses(Duration.ofHours(1)).reconcile();

    assertThat(cluster.said())
        .endsWith(
            "Replaced: Deletes %s, %s, %s and 2 more for the run of 2026-01-01T06:00:00Z."
                .formatted(ONE, TWO, THREE));
    assertThat(cluster.deletedGo().reconcile().apps()).hasSize(1);
  }

  @Test
  void nothingIsReplacedThatHasEnded() {
    FakeScheduleCluster cluster =
        created(REPLACE)
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile()
            .runEnds(Phase.Succeeded, "done")
            .timeIs("2026-01-01T02:00:00Z")
            .reconcile();

    assertThat(cluster.apps()).containsExactly(ONE, TWO);
    assertThat(cluster.app(ONE).getMetadata().getDeletionTimestamp()).isNull();
  }
}
