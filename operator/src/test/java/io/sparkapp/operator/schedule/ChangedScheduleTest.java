package io.sparkapp.operator.schedule;

import static io.sparkapp.operator.schedule.HourlyRuns.HOURLY;
import static io.sparkapp.operator.schedule.HourlyRuns.ONE;
import static io.sparkapp.operator.schedule.HourlyRuns.THREE;
import static io.sparkapp.operator.schedule.HourlyRuns.TWO;
import static io.sparkapp.operator.schedule.HourlyRuns.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.sparkapp.crds.Phase;
import org.junit.jupiter.api.Test;

/** What a user changes of a schedule: from when that is so, and what can not be followed. */
class ChangedScheduleTest {

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
  void nothingIsDoneAboutAScheduleThatIsBeingDeleted() {
    FakeScheduleCluster cluster = created(HOURLY).timeIs("2026-01-01T01:00:00Z");
    cluster.observed().schedule().getMetadata().setDeletionTimestamp("2026-01-01T00:59:00Z");

    SchedulePlan plan = cluster.decide();

    assertThat(plan.before()).isEmpty();
    assertThat(plan.status()).isEqualTo(cluster.status());
  }
}
