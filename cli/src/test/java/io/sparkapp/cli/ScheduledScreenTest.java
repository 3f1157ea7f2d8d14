package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.SparkApp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduledScreenTest {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
  private static final String SCHEDULE =
      """
      apiVersion: sparkapp.io/v1alpha1
      kind: ScheduledSparkApp
      metadata: {name: nightly, namespace: jobs, uid: u1}
      spec: {schedule: "0 2 * * *", timeZone: Europe/Berlin, suspend: %s, template: {queue: etl}}
      status: {active: 1, lastApp: nightly-1, lastScheduleTime: "2026-01-01T01:00:00Z",
        nextScheduleTime: "2026-01-02T01:00:00Z", message: "Next run soon."}
      """;

  @Test
  void aScheduleSaysWhenItRunsNextAndHowItRanLast() {
    SparkApp run =
        Serialization.unmarshal(
            "---\n{metadata: {name: nightly-1}, spec: {}, status: {phase: Succeeded}}",
            SparkApp.class);

    assertThat(screen(false).lines(List.of(schedule(false)), Map.of("jobs/nightly-1", run)))
        .containsExactly(
            "NAME      SCHEDULE    TIME ZONE       SUSPENDED   ACTIVE   NEXT     LAST     LAST RUN    OUTCOME",
            "nightly   0 2 * * *   Europe/Berlin               1        in 15h   9h ago   nightly-1   Succeeded");
  }

  @Test
  void oneThatIsSuspendedHasNoNextRun() {
    assertThat(screen(true).lines(List.of(schedule(true)), Map.of()))
        .containsExactly(
            "NAMESPACE   NAME      SCHEDULE    TIME ZONE       SUSPENDED   ACTIVE   NEXT   LAST     LAST RUN    OUTCOME   MESSAGE",
            "jobs        nightly   0 2 * * *   Europe/Berlin   yes         1               9h ago   nightly-1             Next run soon.");
  }

  @Test
  void aRunByHandIsOfTheTemplateAndGoesWithTheSchedule() {
    GenericKubernetesResource schedule =
        Serialization.unmarshal(SCHEDULE.formatted(false), GenericKubernetesResource.class);

    GenericKubernetesResource app = Schedules.application(schedule);

    assertThat(app.getMetadata().getGenerateName()).isEqualTo("nightly-manual-");
    assertThat(app.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getUid()).isEqualTo("u1"));
    assertThat(app.<String>get("spec", "queue")).isEqualTo("etl");
    schedule.getMetadata().setName("n".repeat(52));
    assertThat(Schedules.application(schedule).getMetadata().getGenerateName()).hasSize(47);
  }

  private static ScheduledScreen screen(boolean all) {
    return new ScheduledScreen(all, all, NOW, Style.PLAIN);
  }

  private static ScheduledSparkApp schedule(boolean suspended) {
    return Serialization.unmarshal(SCHEDULE.formatted(suspended), ScheduledSparkApp.class);
  }
}
