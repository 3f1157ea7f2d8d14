package io.sparkapp.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sparkapp.crds.ExecutorRequestStatus;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ApplicationMetersTest {

  private static final String QUEUE = "etl";
  private static final String ASKED =
      "phase: Waiting, queue: etl, times: {asked: 2026-01-01T00:00:00Z";
  private static final SparkAppStatus WAITING = status(ASKED + "}");
  private static final SparkAppStatus STARTING =
      status(ASKED.replace("Waiting", "Starting") + ", admitted: 2026-01-01T00:01:00.500Z}");
  private static final SparkAppStatus RUNNING =
      status(
          ASKED.replace("Waiting", "Running")
              + ", admitted: 2026-01-01T00:01:00.500Z, driverRunning: 2026-01-01T00:01:04Z}");
  private static final SparkAppStatus WORKING =
      status(
          ASKED.replace("Waiting", "Running")
              + ", admitted: 2026-01-01T00:01:00.500Z, driverRunning: 2026-01-01T00:01:04Z,"
              + " firstExecutor: 2026-01-01T00:01:06Z, firstTask: 2026-01-01T00:01:07Z}");

  private final SparkApp app = app("etl");

  /** One operator; another one has other numbers. */
  private static final class Operator {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ApplicationMeters meters = new ApplicationMeters(registry, QUEUE::equals);

    Operator(String since) {
      meters.watching(Instant.parse(since));
    }

    double count(String name, String... tags) {
      return registry.get(name).tags(tags).counter().count();
    }

    Timer timer(String name) {
      return registry.get(name).timer();
    }

    double seconds(String name) {
      return timer(name).totalTime(TimeUnit.SECONDS);
    }
  }

  @Test
  void eachStepOfAnApplicationIsMeasuredOnceFromItsApply() {
    Operator operator = new Operator("2026-01-01T00:00:00Z");

    List<SparkAppStatus> written =
        List.of(SparkAppStatus.NONE, WAITING, WAITING, STARTING, RUNNING, WORKING, WORKING);
    for (int i = 1; i < written.size(); i++) {
      operator.meters.written(app, written.get(i - 1), written.get(i));
    }

    assertThat(operator.count("sparkapp.applications.submitted", "queue", QUEUE)).isEqualTo(1);
    assertThat(operator.timer("sparkapp.queue.wait").count()).isEqualTo(1);
    assertThat(operator.seconds("sparkapp.queue.wait")).isEqualTo(60.5);
    assertThat(operator.seconds("sparkapp.driver.start")).isEqualTo(3.5);
    assertThat(operator.seconds("sparkapp.time.to.driver.running")).isEqualTo(64);
    assertThat(operator.seconds("sparkapp.time.to.first.executor")).isEqualTo(66);
    assertThat(operator.seconds("sparkapp.time.to.first.task")).isEqualTo(67);
    assertThat(operator.timer("sparkapp.time.to.first.task").count()).isEqualTo(1);
  }

  @Test
  void anOperatorThatComesInTheMiddleCountsNothingAgainAndGuessesNothing() {
    Operator second = new Operator("2026-01-01T01:00:00Z");

    second.meters.written(app, RUNNING, RUNNING);
    second.meters.written(app, RUNNING, WORKING);

    assertThat(second.registry.find("sparkapp.queue.wait").timer()).isNull();
    assertThat(second.timer("sparkapp.driver.start").count()).isZero();
    assertThat(second.timer("sparkapp.time.to.first.task").count())
        .as("it happened at a time when nobody looked")
        .isZero();
  }

  @Test
  void aSecondAttemptIsMeasuredFromWhenItAsked() {
    Operator operator = new Operator("2026-01-01T00:00:00Z");
    SparkAppStatus opened =
        status("phase: Waiting, queue: etl, times: {asked: 2026-01-01T02:00:00Z}");
    SparkAppStatus admitted =
        status(
            "phase: Starting, queue: etl,"
                + " times: {asked: 2026-01-01T02:00:00Z, admitted: 2026-01-01T02:00:02Z}");

    operator.meters.written(app, WORKING, opened);
    operator.meters.written(app, opened, admitted);

    assertThat(operator.seconds("sparkapp.queue.wait")).isEqualTo(2);
  }

  @Test
  void attemptsAndEndsAreCountedByHowTheyEnded() {
    Operator operator = new Operator("2026-01-01T00:00:00Z");
    String past = "history: [{attempt: 1, outcome: Lost, message: gone}]";
    SparkAppStatus restarting = status("phase: Restarting, queue: etl, " + past);
    SparkAppStatus failed = status("phase: Failed, queue: etl, " + past);

    operator.meters.written(app, RUNNING, restarting);
    operator.meters.written(app, restarting, failed);
    operator.meters.written(app, failed, failed);

    assertThat(operator.count("sparkapp.restarts", "queue", QUEUE, "outcome", "Lost")).isEqualTo(1);
    assertThat(operator.count("sparkapp.applications.ended", "queue", QUEUE, "phase", "Failed"))
        .isEqualTo(1);
  }

  @Test
  void executorsAreCountedByCauseWhenTheirDriverIsToldOfThem() {
    Operator operator = new Operator("2026-01-01T00:00:00Z");
    ExecutorRequestStatus one =
        answer("{lastSequence: 1, ended: [{sequence: 1, id: '1', cause: OOMKilled}]}");
    ExecutorRequestStatus two =
        answer(
            "{lastSequence: 2, ended: [{sequence: 1, id: '1', cause: OOMKilled},"
                + " {sequence: 2, id: '2', cause: NodeLost}]}");

    operator.meters.answered(app, ExecutorRequestStatus.NONE, one);
    operator.meters.answered(app, one, two);
    operator.meters.answered(app, two, two);

    for (String cause : List.of("OOMKilled", "NodeLost")) {
      assertThat(operator.count("sparkapp.executors.ended", "queue", QUEUE, "cause", cause))
          .as(cause)
          .isEqualTo(1);
    }
  }

  @Test
  void whatUsersWriteAsQueueBecomesNoLabelUnlessThereIsSuchAQueue() {
    Operator operator = new Operator("2026-01-01T00:00:00Z");

    operator.meters.written(app("no-such-queue"), SparkAppStatus.NONE, status("phase: Failed"));

    assertThat(operator.count("sparkapp.applications.submitted", "queue", "-")).isEqualTo(1);
  }

  @Test
  void clocksThatDifferMakeNoNegativeTimes() {
    Operator operator = new Operator("2026-01-01T00:00:00Z");
    SparkAppStatus early =
        status(
            "phase: Starting, queue: etl,"
                + " times: {asked: 2026-01-01T00:00:00Z, admitted: 2025-12-31T23:59:59.800Z}");

    operator.meters.written(app, SparkAppStatus.NONE, early);

    assertThat(operator.timer("sparkapp.queue.wait").count()).isEqualTo(1);
    assertThat(operator.seconds("sparkapp.queue.wait")).isZero();
  }

  private static SparkApp app(String queue) {
    return Serialization.unmarshal(
        """
        apiVersion: sparkapp.io/v1alpha1
        kind: SparkApp
        metadata: {name: flights, namespace: jobs}
        spec: {queue: %s, main: {jar: "local:///a.jar", class: A}}
        """
            .formatted(queue),
        SparkApp.class);
  }

  private static SparkAppStatus status(String fields) {
    return Serialization.unmarshal("---\n{" + quoted(fields) + "}", SparkAppStatus.class);
  }

  private static ExecutorRequestStatus answer(String yaml) {
    return Serialization.unmarshal("---\n" + yaml, ExecutorRequestStatus.class);
  }

  /** Times in braces have to be in quotes. */
  private static String quoted(String yaml) {
    return yaml.replaceAll("(20[0-9]{2}-[-0-9T:.]+Z)", "\"$1\"");
  }
}
