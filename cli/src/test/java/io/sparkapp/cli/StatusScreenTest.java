package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.cli.StatusView.Warning;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusScreenTest {

  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static final String RUNNING =
      """
      {phase: Running, message: "stage 1 of 2", attempt: 2, applicationId: flights-2, queue: etl,
       driver: {pod: flights-2-driver, address: 10.0.0.1},
       executors: {asked: 4, granted: 3, running: 2, failed: 1},
       started: "2026-01-01T00:50:00Z", attemptStarted: "2026-01-01T00:57:00Z",
       conditions: [{type: DriverRunning, status: "True", lastTransitionTime: "2026-01-01T00:58:00Z"}],
       history: [{attempt: 1, started: "2026-01-01T00:50:00Z", ended: "2026-01-01T00:56:00Z",
         outcome: Lost, message: "The node was lost."}],
       progress: {jobs: {done: 0, total: 1}, stages: {done: 0, total: 2},
         tasks: {done: 25, total: 100, active: 2, failed: 3}, percent: 25,
         active: [{stage: 7, attempt: 0, name: map, done: 25, active: 2, total: 50}]}}
      """;

  @Test
  void oneThatRunsIsToldOnOneScreen() {
    ExecutorRequest request =
        Serialization.unmarshal(
            """
            ---
            {metadata: {name: flights-2}, status: {message: "queue etl is full; 1 more when pi ends.",
              ended: [{sequence: 1, id: "1", cause: OOMKilled, message: "Executor 1 was OOMKilled."},
                      {sequence: 2, id: "2", cause: Evicted, message: "Executor 2 was evicted."}]}}
            """,
            ExecutorRequest.class);
    List<Warning> warnings =
        List.of(new Warning(NOW.minusSeconds(60), "ExecutorLost", "Executor 1 was OOMKilled.", 2));

    assertThat(
            StatusScreen.lines(
                new StatusView(app(RUNNING), Optional.of(request), warnings, NOW, " -n jobs"),
                Style.PLAIN,
                80))
        .containsExactly(
            "Application: jobs/flights",
            "Phase:       Running",
            "Message:     stage 1 of 2",
            "Queue:       etl, to move to default",
            "Time:        10m so far, about 6m left of what the driver knows of",
            "Attempt:     2",
            "             attempt 1 was lost after 6m: The node was lost.",
            "Driver:      flights-2-driver at 10.0.0.1",
            "Executors:   4 asked for, 3 granted, 2 running, 1 failed",
            "             queue etl is full; 1 more when pi ends.",
            "             Evicted: Executor 2 was evicted.",
            "Progress:    0 of 1 jobs, 0 of 2 stages, 25 of 100 tasks, 3 failed",
            "  stage 7 [============>           ] 25+2/50 map",
            "Warnings:",
            "  60s   ExecutorLost: Executor 1 was OOMKilled. (2 times)",
            "Logs:        sparkapp logs flights -n jobs",
            "Spark UI:    sparkapp ui flights -n jobs",
            "Why:         sparkapp explain flights -n jobs");
  }

  @Test
  void oneThatFailedShowsItsDriversLastWords() {
    String failed =
        """
        {phase: Failed, message: "The application threw an exception.", attempt: 1,
         driver: {pod: flights-1-driver, exitCode: 15, log: [a, "b\\u001b[2J"]},
         started: "2026-01-01T00:00:00Z", ended: "2026-01-01T00:03:00Z"}
        """;

    assertThat(lines(failed))
        .containsExactly(
            "Application: jobs/flights",
            "Phase:       Failed",
            "Message:     The application threw an exception.",
            "Queue:       default",
            "Time:        3m in all",
            "Attempt:     1",
            "Driver:      flights-1-driver, exit code 15",
            "Last words of the driver:",
            "  a",
            "  b [2J",
            "Logs:        sparkapp logs flights",
            "Spark UI:    sparkapp ui flights",
            "Why:         sparkapp explain flights");
  }

  @Test
  void oneThatNobodyHasSeenYetSaysSo() {
    assertThat(lines("null"))
        .containsExactly(
            "Application: jobs/flights",
            "Phase:       not seen by the operator yet",
            "Queue:       default",
            "More:        sparkapp explain flights");
  }

  @Test
  void theTimeLeftIsToldOnlyWhenEnoughIsDoneToTell() {
    assertThat(TimeLeft.of(app(RUNNING).getStatus(), NOW)).contains(Duration.ofMinutes(6));
    assertThat(TimeLeft.of(app(RUNNING).getStatus(), Instant.parse("2026-01-01T00:58:05Z")))
        .isEmpty();
    assertThat(
            TimeLeft.of(
                app(RUNNING.replace("done: 25, total: 100", "done: 4, total: 100")).getStatus(),
                NOW))
        .isEmpty();
    assertThat(
            TimeLeft.of(
                app(RUNNING.replace("done: 25, total: 100", "done: 9, total: 9")).getStatus(), NOW))
        .isEmpty();
    assertThat(TimeLeft.of(app(RUNNING.replace("Running,", "Restarting,")).getStatus(), NOW))
        .isEmpty();
  }

  @Test
  void anEventIsAsOldAsItWasSeenLast() {
    Event event =
        Serialization.unmarshal(
            """
            ---
            {apiVersion: v1, kind: Event, metadata: {name: e}, reason: Failed, message: why, count: 3,
             firstTimestamp: "2026-01-01T00:00:00Z", lastTimestamp: "2026-01-01T00:30:00Z"}
            """,
            Event.class);

    assertThat(Warning.of(event))
        .isEqualTo(new Warning(Instant.parse("2026-01-01T00:30:00Z"), "Failed", "why", 3));
  }

  private static List<String> lines(String status) {
    return StatusScreen.lines(
        new StatusView(app(status), Optional.empty(), List.of(), NOW, ""), Style.PLAIN, 80);
  }

  private static SparkApp app(String status) {
    return Serialization.unmarshal(
        "---\n{metadata: {name: flights, namespace: jobs}, spec: {main: {jar: \"local:///a.jar\"}}, status: %s}"
            .formatted(status),
        SparkApp.class);
  }
}
