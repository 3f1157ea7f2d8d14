package io.sparkapp.operator.schedule;

import static io.sparkapp.operator.schedule.HourlyRuns.FOUR;
import static io.sparkapp.operator.schedule.HourlyRuns.HOURLY;
import static io.sparkapp.operator.schedule.HourlyRuns.ONE;
import static io.sparkapp.operator.schedule.HourlyRuns.THREE;
import static io.sparkapp.operator.schedule.HourlyRuns.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.ScheduledSparkAppStatus;
import io.sparkapp.crds.SparkApp;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Which runs a schedule knows as its own, what it tells of their ends, and how long they are kept.
 */
class HistoryTest {

  @Test
  void theEndOfARunIsSaidAndItsTimeKept() {
    FakeScheduleCluster cluster =
        created(HOURLY)
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile()
            .timeIs("2026-01-01T01:07:00Z")
            .runEnds(Phase.Succeeded, "done")
            .reconcile();

    assertThat(cluster.said()).endsWith("RunSucceeded: " + ONE + " succeeded.");
    assertThat(cluster.status().active()).isZero();
    assertThat(cluster.status().lastSuccessfulTime()).isEqualTo("2026-01-01T01:07:00Z");
    assertThat(cluster.status().message())
        .isEqualTo(ONE + " succeeded. The next run is at 2026-01-01T02:00:00Z.");
  }

  @Test
  void aRunThatFailedIsToldWithItsReason() {
    FakeScheduleCluster cluster =
        created(HOURLY)
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile()
            .runEnds(Phase.Failed, "Executor 3 was OOMKilled.")
            .reconcile();

    assertThat(cluster.said()).endsWith("RunFailed: " + ONE + " failed: Executor 3 was OOMKilled.");
    assertThat(cluster.status().message())
        .startsWith(ONE + " failed: Executor 3 was OOMKilled. The next run is at ");
    assertThat(cluster.status().lastSuccessfulTime()).isNull();
  }

  @Test
  void theOldestRunsBeyondTheLimitsAreForgotten() {
    FakeScheduleCluster cluster =
        created(HOURLY + "successfulHistoryLimit: 2\nfailedHistoryLimit: 1\n");
    for (Phase end :
        new Phase[] {
          Phase.Failed, Phase.Succeeded, Phase.Succeeded, Phase.Failed, Phase.Succeeded
        }) {
      cluster.timePasses(Duration.ofHours(1)).reconcile().runEnds(end, "over").reconcile();
    }

    assertThat(cluster.everCreated()).hasSize(5);
    assertThat(cluster.apps()).containsExactly(THREE, FOUR, "nightly-29454060");
  }

  @Test
  void whatIsNotToBeKeptGoesOnceTheStatusKnowsOfIt() {
    FakeScheduleCluster cluster =
        created(HOURLY + "successfulHistoryLimit: 0\n")
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile()
            .timeIs("2026-01-01T01:07:00Z")
            .runEnds(Phase.Succeeded, "done")
            .reconcile();

    assertThat(cluster.apps()).isEmpty();
    assertThat(cluster.status().lastApp()).isEqualTo(ONE);
    assertThat(cluster.status().lastSuccessfulTime()).isEqualTo("2026-01-01T01:07:00Z");
    assertThat(cluster.everCreated()).containsExactly(ONE);
  }

  @Test
  void aRunThatItsUserDeletesIsNotStartedAgain() {
    FakeScheduleCluster cluster =
        created(HOURLY)
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile()
            .userDeletes(ONE)
            .timeIs("2026-01-01T01:30:00Z")
            .reconcile();

    assertThat(cluster.everCreated()).containsExactly(ONE);
    assertThat(cluster.status().active()).isZero();
    assertThat(cluster.status().message()).isEqualTo("The next run is at 2026-01-01T02:00:00Z.");
  }

  @Test
  void applicationsThatAreNotItsOwnAreNoneOfItsRuns() {
    SparkApp foreign = new SparkApp();
    foreign.setMetadata(new ObjectMetaBuilder().withName(ONE).withNamespace("jobs").build());

    FakeScheduleCluster cluster =
        created(HOURLY + "concurrencyPolicy: Forbid\n").userHasHisOwn(foreign).reconcile();

    assertThat(cluster.status().active()).isZero();
    assertThat(cluster.status().lastScheduleTime()).isNull();
  }

  @Test
  void theStatusStaysSmallWhenNothingEnds() {
    FakeScheduleCluster cluster = created(HOURLY);
    for (int hour = 0; hour < 30; hour++) {
      cluster.timePasses(Duration.ofHours(1)).reconcile();
    }

    assertThat(cluster.status().active()).isEqualTo(30);
    assertThat(cluster.status().activeApps())
        .hasSize(ScheduledSparkAppStatus.MOST_ACTIVE)
        .endsWith(cluster.status().lastApp());
  }
}
