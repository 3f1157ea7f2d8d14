package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.AttemptTimes;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkApp;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MilestonesTest {

  private static final Progress ONE_EXECUTOR =
      Specs.progress(Map.of("executors", new Progress.Registered(1, 1, 1)));
  private static final Progress ONE_TASK =
      Specs.progress(
          Map.of(
              "tasks",
              new Progress.TaskCount(0, 8, 1, 0),
              "percent",
              0,
              "executors",
              new Progress.Registered(1, 0, 0)));

  @Test
  void eachStepIsNotedWhenItIsReachedAndStays() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(1));

    cluster.timePasses(Duration.ofSeconds(2)).reconcile();
    assertThat(cluster.status().times())
        .isEqualTo(times("00:00:00Z", "00:00:02Z", null, null, null));

    cluster.timePasses(Duration.ofSeconds(3)).driverRuns().reconcile();
    cluster.timePasses(Duration.ofSeconds(1));
    cluster.driverWrites(spec -> Specs.withProgress(spec, ONE_EXECUTOR)).reconcile();
    cluster.timePasses(Duration.ofSeconds(1));
    cluster.driverWrites(spec -> Specs.withProgress(spec, ONE_TASK)).reconcile();
    cluster.timePasses(Duration.ofHours(1));
    cluster.driverWrites(spec -> Specs.withProgress(spec, ONE_EXECUTOR)).reconcile();

    assertThat(cluster.status().times())
        .isEqualTo(times("00:00:00Z", "00:00:02Z", "00:00:05Z", "00:00:06Z", "00:00:07Z"));

    cluster.driverEnds(0, "Completed", null).reconcile();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(cluster.status().times().firstTask()).endsWith("00:00:07Z");
  }

  @Test
  void aDriverThatRanBeforeAnybodyLookedIsNotedAsItsKubeletSays() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(1));
    cluster.timePasses(Duration.ofSeconds(2)).reconcile();
    cluster.driverRuns();
    cluster
        .pod("flights-1-driver")
        .getStatus()
        .getContainerStatuses()
        .get(0)
        .getState()
        .getRunning()
        .setStartedAt("2026-01-01T00:00:09Z");

    cluster.timePasses(Duration.ofHours(1)).reconcile();

    assertThat(cluster.status().times().driverRunning()).isEqualTo("2026-01-01T00:00:09Z");
  }

  @Test
  void anotherAttemptBeginsAnew() {
    SparkApp app =
        Apps.of(
            """
            main: {jar: "local:///opt/app.jar", class: com.acme.Main}
            restart: {policy: OnFailure, maxAttempts: 2, backoff: 10s}
            executor: {instances: 1}
            """);
    FakeCluster cluster = new FakeCluster(app).reconcile().driverRuns().reconcile();

    cluster.driverEnds(1, "Error", null).reconcile();
    cluster.timePasses(Duration.ofSeconds(11)).reconcile();

    assertThat(cluster.status().attempt()).isEqualTo(2);
    assertThat(cluster.status().times())
        .isEqualTo(times("00:00:11Z", "00:00:11Z", null, null, null));
  }

  @Test
  void ofAnAttemptThatAnOlderOperatorBeganNothingIsGuessed() {
    SparkApp app = Apps.withExecutors(1);
    FakeCluster cluster = new FakeCluster(app).reconcile();
    StatusDraft older = new StatusDraft(cluster.status());
    older.times = null;
    app.setStatus(older.withSameConditions());

    cluster.timePasses(Duration.ofHours(1)).driverRuns().reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
    assertThat(cluster.status().times()).isNull();
  }

  private static AttemptTimes times(
      String asked, String admitted, String driver, String executor, String task) {
    return new AttemptTimes(day(asked), day(admitted), day(driver), day(executor), day(task));
  }

  private static String day(String time) {
    return time == null ? null : "2026-01-01T" + time;
  }
}
