package io.sparkapp.operator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnservedScheduleTest {

  private static final String HOURLY = "schedule: \"@hourly\"\n";

  private final UnservedSchedule unserved = new UnservedSchedule(Set.of("etl"));

  @Test
  void aScheduleWhereNobodyServesSaysSoAfterAWhile() {
    FakeScheduleCluster cluster = FakeScheduleCluster.at("2026-01-01T00:00:00Z", HOURLY);

    assertThat(unserved.serves("jobs")).isFalse();
    SchedulePlan first = unserved.plan(cluster.observed());
    assertThat(first.status().message()).isNull();
    assertThat(first.lookAgain()).contains(Duration.ofSeconds(20).plusMillis(1));

    SchedulePlan later = unserved.plan(cluster.timePasses(Duration.ofSeconds(21)).observed());
    assertThat(later.before()).isEmpty();
    assertThat(later.status().message())
        .startsWith("The operator does not serve namespace jobs: ask its administrator");
    assertThat(later.status().conditions())
        .singleElement()
        .extracting(Condition::getReason)
        .isEqualTo("NamespaceNotServed");
  }

  @Test
  void aScheduleThatAnotherOperatorHasSpokenAboutIsLeftAlone() {
    FakeScheduleCluster cluster =
        FakeScheduleCluster.at("2026-01-01T00:00:00Z", HOURLY).reconcile();

    SchedulePlan plan = unserved.plan(cluster.timePasses(Duration.ofHours(1)).observed());

    assertThat(plan.status()).isEqualTo(cluster.status());
    assertThat(plan.lookAgain()).isEmpty();
  }

  @Test
  void allNamespacesAreServedWithoutAList() {
    assertThat(new UnservedSchedule(Set.of()).serves("jobs")).isTrue();
  }
}
