package io.sparkapp.operator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.ScheduledSparkAppStatus;
import io.sparkapp.crds.ScheduledSparkAppStatus.SkippedRun.Reason;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.Names;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SchedulingTest {

  private static final String HOURLY = "schedule: \"@hourly\"\n";
  private static final String FORBID = HOURLY + "concurrencyPolicy: Forbid\n";
  private static final String REPLACE = HOURLY + "concurrencyPolicy: Replace\n";

  // Minutes since 1970, in the names.
  private static final String ONE = "nightly-29453820";
  private static final String TWO = "nightly-29453880";
  private static final String THREE = "nightly-29453940";
  private static final String FOUR = "nightly-29454000";

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

  @Test
  void suspendedItStartsNothingAndLetsWhatRunsGoOn() {
    FakeScheduleCluster cluster =
        created(HOURLY)
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile()
            .userApplies(HOURLY + "suspend: true\n")
            .timeIs("2026-01-01T03:30:00Z")
            .reconcile();

    assertThat(cluster.apps()).containsExactly(ONE);
    assertThat(cluster.status().nextScheduleTime()).isNull();
    assertThat(cluster.condition("Suspended")).map(Condition::getStatus).contains("True");
    assertThat(cluster.decide().lookAgain()).isEmpty();

    cluster.userApplies(HOURLY).reconcile();

    assertThat(cluster.everCreated()).as("one run is made up for").containsExactly(ONE, THREE);
    assertThat(cluster.condition("Suspended")).map(Condition::getStatus).contains("False");
  }

  @Test
  void anotherScheduleMakesUpForNothingThatTheOldOneDidNotHave() {
    FakeScheduleCluster cluster =
        created(HOURLY)
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile()
            .timeIs("2026-01-01T01:50:00Z")
            .userApplies("schedule: \"45 * * * *\"\n")
            .reconcile();

    assertThat(cluster.everCreated()).containsExactly(ONE);
    assertThat(cluster.status().nextScheduleTime()).isEqualTo("2026-01-01T02:45:00Z");
    assertThat(cluster.status().observedGeneration()).isEqualTo(2);
    assertThat(cluster.timeIs("2026-01-01T02:45:00Z").reconcile().everCreated()).hasSize(2);
  }

  @Test
  void anotherTimeZoneIsAnotherSchedule() {
    FakeScheduleCluster cluster =
        created("schedule: \"40 0 * * *\"\n")
            .timeIs("2026-01-01T20:00:00Z")
            .reconcile()
            .userApplies("schedule: \"40 0 * * *\"\ntimeZone: Asia/Tokyo\n")
            .reconcile();

    assertThat(cluster.everCreated()).hasSize(1);
    assertThat(cluster.status().nextScheduleTime()).isEqualTo("2026-01-02T15:40:00Z");
  }

  @Test
  void runsThatComeHaveTheTemplateAsItIsThen() {
    FakeScheduleCluster cluster =
        created(HOURLY)
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile()
            .userAppliesWhole(
                HOURLY + "template: {main: {jar: \"local:///new.jar\", class: com.acme.New}}\n")
            .timeIs("2026-01-01T02:00:00Z")
            .reconcile();

    assertThat(cluster.app(ONE).getSpec().main().jar()).isEqualTo("local:///opt/app.jar");
    assertThat(cluster.app(TWO).getSpec().main().jar()).isEqualTo("local:///new.jar");
  }

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
  void aScheduleThatNeverFiresIsStalledAndSaysSo() {
    FakeScheduleCluster cluster = created("schedule: \"0 0 31 4-6/2 *\"\n");

    assertThat(cluster.condition("Ready")).map(Condition::getStatus).contains("False");
    assertThat(cluster.condition("Stalled"))
        .hasValueSatisfying(
            stalled -> {
              assertThat(stalled.getStatus()).isEqualTo("True");
              assertThat(stalled.getReason()).isEqualTo("NeverFires");
              assertThat(stalled.getMessage()).isEqualTo(cluster.status().message());
            });
    assertThat(cluster.status().message())
        .isEqualTo(
            "The schedule \"0 0 31 4-6/2 *\" never fires: none of its months has such a day;"
                + " change spec.schedule.");
    assertThat(cluster.said()).containsExactly("NeverFires: " + cluster.status().message());
    assertThat(cluster.decide().lookAgain()).isEmpty();

    cluster.timeIs("2026-01-01T01:30:00Z").userApplies(HOURLY).reconcile();

    assertThat(cluster.everCreated()).isEmpty();
    assertThat(cluster.condition("Ready")).map(Condition::getStatus).contains("True");
    assertThat(cluster.condition("Stalled")).map(Condition::getStatus).contains("False");
  }

  @Test
  void anUnknownTimeZoneStallsItAndWhatRunsIsStillFollowed() {
    FakeScheduleCluster cluster =
        created(HOURLY)
            .timeIs("2026-01-01T01:00:00Z")
            .reconcile()
            .userApplies(HOURLY + "timeZone: Mars/Olympus\n")
            .runEnds(Phase.Succeeded, "done")
            .reconcile();

    assertThat(cluster.condition("Stalled")).map(Condition::getReason).contains("UnknownTimeZone");
    assertThat(cluster.said()).contains("RunSucceeded: " + ONE + " succeeded.");
    assertThat(cluster.status().active()).isZero();
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
  void applicationsThatAreNotItsOwnAreNoneOfItsRuns() {
    SparkApp foreign = new SparkApp();
    foreign.setMetadata(new ObjectMetaBuilder().withName(ONE).withNamespace("jobs").build());

    FakeScheduleCluster cluster = created(FORBID).userHasHisOwn(foreign).reconcile();

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

  @Test
  void nothingIsDoneAboutAScheduleThatIsBeingDeleted() {
    FakeScheduleCluster cluster = created(HOURLY).timeIs("2026-01-01T01:00:00Z");
    cluster.observed().schedule().getMetadata().setDeletionTimestamp("2026-01-01T00:59:00Z");

    SchedulePlan plan = cluster.decide();

    assertThat(plan.before()).isEmpty();
    assertThat(plan.status()).isEqualTo(cluster.status());
  }

  private static FakeScheduleCluster created(String lines) {
    return FakeScheduleCluster.at("2026-01-01T00:30:00Z", lines).reconcile();
  }
}
