package io.sparkapp.operator.schedule;

import static io.sparkapp.operator.schedule.HourlyRuns.FOUR;
import static io.sparkapp.operator.schedule.HourlyRuns.HOURLY;
import static io.sparkapp.operator.schedule.HourlyRuns.ONE;
import static io.sparkapp.operator.schedule.HourlyRuns.TWO;
import static io.sparkapp.operator.schedule.HourlyRuns.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.sparkapp.crds.ScheduledSparkAppStatus.SkippedRun.Reason;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.Names;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When runs start, and when they are late or missed. */
class SchedulingTest {

  @Test
  void nothingIsStartedBeforeItsTimeAndTheStatusTellsWhenThatIs() {
    FakeScheduleCluster cluster = created(HOURLY);

    assertThat(cluster.everCreated()).isEmpty();
    assertThat(cluster.status().nextScheduleTime()).isEqualTo("2026-01-01T01:00:00Z");
    assertThat(cluster.status().message()).isEqualTo("The next run is at 2026-01-01T01:00:00Z.");
    assertThat(cluster.status().active()).isZero();
    assertThat(cluster.status().observedGeneration()).isEqualTo(1);
    assertThat(cluster.condition("Ready")).map(Condition::getStatus).contains("True");
    assertThat(cluster.condition("Stalled")).map(Condition::getStatus).contains("False");
    assertThat(cluster.condition("Suspended")).map(Condition::getStatus).contains("False");
  }

  @Test
  void anApplicationIsStartedAtItsTime() {
    FakeScheduleCluster cluster = created(HOURLY).timeIs("2026-01-01T01:00:00Z").reconcile();

    assertThat(cluster.everCreated()).containsExactly(ONE);
    assertThat(cluster.status().lastApp()).isEqualTo(ONE);
    assertThat(cluster.status().lastScheduleTime()).isEqualTo("2026-01-01T01:00:00Z");
    assertThat(cluster.status().nextScheduleTime()).isEqualTo("2026-01-01T02:00:00Z");
    assertThat(cluster.status().activeApps()).containsExactly(ONE);
    assertThat(cluster.status().message())
        .isEqualTo(ONE + " has not ended. The next run is at 2026-01-01T02:00:00Z.");
    assertThat(cluster.said())
        .containsExactly("RunStarted: Started " + ONE + " for the run of 2026-01-01T01:00:00Z.");
  }

  @Test
  void anApplicationIsTheTemplateWithItsScheduleAsOwner() {
    SparkApp app = created(HOURLY).timeIs("2026-01-01T01:00:00Z").reconcile().app(ONE);

    assertThat(app.getSpec().main().jar()).isEqualTo("local:///opt/app.jar");
    assertThat(app.getMetadata().getNamespace()).isEqualTo("jobs");
    assertThat(app.getMetadata().getLabels())
        .containsEntry("sparkapp.io/schedule", "nightly")
        .containsEntry(Names.MANAGED_BY, Names.MANAGER);
    assertThat(app.getMetadata().getAnnotations())
        .containsEntry("sparkapp.io/scheduled-time", "2026-01-01T01:00:00Z");
    assertThat(app.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(
            owner -> {
              assertThat(owner.getKind()).isEqualTo("ScheduledSparkApp");
              assertThat(owner.getUid()).isEqualTo("uid-1");
              assertThat(owner.getController()).isTrue();
            });
  }

  @Test
  void itIsLookedAgainWhenTheNextRunIsDueButNotTooSeldomForClocksThatAreSet() {
    FakeScheduleCluster cluster = created(HOURLY);

    assertThat(cluster.decide().lookAgain()).contains(Duration.ofMinutes(5));
    assertThat(cluster.timeIs("2026-01-01T00:59:00Z").decide().lookAgain())
        .contains(Duration.ofMinutes(1).plusMillis(1));
  }

  @Test
  void ofManyRunsThatWereMissedWhileTheOperatorWasAwayTheLastIsMadeUpForAndNoOther() {
    FakeScheduleCluster cluster = created(HOURLY).timeIs("2026-01-01T04:20:00Z").reconcile();

    assertThat(cluster.everCreated()).containsExactly(FOUR);
    assertThat(cluster.status().nextScheduleTime()).isEqualTo("2026-01-01T05:00:00Z");
  }

  @Test
  void withAStartingDeadlineNothingIsStartedThatIsTooLate() {
    FakeScheduleCluster cluster =
        created(HOURLY + "startingDeadline: 10m\n").timeIs("2026-01-01T04:20:00Z").reconcile();

    assertThat(cluster.everCreated()).isEmpty();
    String sentence =
        "The run of 2026-01-01T04:00:00Z was missed: it could not start within its"
            + " startingDeadline of 10m.";
    assertThat(cluster.status().skipped().reason()).isEqualTo(Reason.TooLate);
    assertThat(cluster.status().message())
        .isEqualTo(sentence + " The next run is at 2026-01-01T05:00:00Z.");
    assertThat(cluster.said()).containsExactly("RunMissed: " + sentence);
    assertThat(cluster.timeIs("2026-01-01T05:00:00Z").reconcile().everCreated()).hasSize(1);
  }

  @Test
  void withinTheStartingDeadlineARunIsStartedLate() {
    assertThat(
            created(HOURLY + "startingDeadline: 10m\n")
                .timeIs("2026-01-01T04:10:00Z")
                .reconcile()
                .everCreated())
        .containsExactly(FOUR);
  }

  @Test
  void whatTheApiServerNeverTakesIsGivenUpForThisTimeOnly() {
    FakeScheduleCluster cluster =
        created(HOURLY)
            .apiServerRefuses("The API server refuses it: spec.main is wrong")
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile();

    assertThat(cluster.everCreated()).isEmpty();
    String sentence =
        "The run of 2026-01-01T01:00:00Z can not be started. The API server refuses it: spec.main"
            + " is wrong";
    assertThat(cluster.status().skipped().reason()).isEqualTo(Reason.Refused);
    assertThat(cluster.status().message()).startsWith(sentence);
    assertThat(cluster.said()).containsExactly("RunRefused: " + sentence);

    cluster
        .apiServerRefuses(null)
        .timeIs("2026-01-01T01:30:00Z")
        .reconcile()
        .timeIs("2026-01-01T02:00:00Z")
        .reconcile();

    assertThat(cluster.everCreated()).containsExactly(TWO);
    assertThat(cluster.status().message()).startsWith(TWO + " has not ended.");
  }

  @Test
  void aTimeThatComesTwiceInAutumnHasTwoRunsAndOneThatIsSkippedInSpringNone() {
    FakeScheduleCluster cluster =
        FakeScheduleCluster.at(
                "2026-10-25T00:00:00Z", "schedule: \"30 2 * * *\"\ntimeZone: Europe/Berlin\n")
            .reconcile();
    for (int half = 0; half < 6; half++) {
      cluster.timePasses(Duration.ofMinutes(30)).reconcile();
    }
    assertThat(cluster.everCreated()).hasSize(2);
    assertThat(cluster.status().nextScheduleTime()).isEqualTo("2026-10-26T01:30:00Z");

    cluster.timeIs("2027-03-27T01:30:00Z").reconcile();
    assertThat(cluster.status().nextScheduleTime()).isEqualTo("2027-03-29T00:30:00Z");
  }
}
