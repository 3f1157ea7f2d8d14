package io.sparkapp.operator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.ExecutorReport;
import io.sparkapp.operator.applicationmaster.Observed;
import io.sparkapp.operator.web.OwnRights.Happening;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PastExecutorsTest {

  private static final Instant BEGUN = Instant.parse("2026-01-01T00:05:00Z");
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");
  private final Observed observed = observed(7);

  @Test
  void whatWasGoneBeforeSomebodyLookedIsCountedByTheIdsThatAreMissing() {
    assertThat(PastExecutors.unseen(observed, known(4, 6), NOW)).isEqualTo(4);
    assertThat(PastExecutors.unseen(observed, List.of(), NOW)).isEqualTo(7);
    assertThat(PastExecutors.unseen(observed, known(1, 2, 3), NOW)).isZero();
  }

  @Test
  void ofAnAttemptThatBeganWhenSomebodyLookedNothingWasMissed() {
    assertThat(PastExecutors.unseen(observed, known(4, 6), BEGUN)).isZero();
  }

  @Test
  void thoseThatFailedAreToldByTheEventsOfThisAttempt() {
    List<ExecutorReport> lost =
        PastExecutors.of(
            observed,
            List.of(
                event("ExecutorLost", "Executor 3 was OOMKilled.", "2026-01-01T00:20:00Z", 1),
                event("ExecutorLost", "Executor 2's heap was full.", "2026-01-01T00:10:00Z", 1),
                event("ExecutorLost", "Executor 1 was evicted.", "2026-01-01T00:11:00Z", 4),
                event("ExecutorLost", "Executor 9 was evicted.", "2026-01-01T00:01:00Z", 1),
                event("ExecutorLost", "12 more executors failed.", "2026-01-01T00:12:00Z", 1),
                event("Admitted", "Executor 5 is no loss.", "2026-01-01T00:12:00Z", 1)));

    assertThat(lost)
        .extracting(
            ExecutorReport::attempt,
            ExecutorReport::id,
            ExecutorReport::ended,
            ExecutorReport::sentence)
        .containsExactly(
            tuple(2, 3, "2026-01-01T00:20:00Z", "Executor 3 was OOMKilled."),
            tuple(2, 2, "2026-01-01T00:10:00Z", "Executor 2's heap was full."));
    assertThat(lost)
        .allSatisfy(
            report -> {
              assertThat(report.created()).isNull();
              assertThat(report.started()).isNull();
              assertThat(report.state()).isEqualTo(ExecutorReport.State.Ended);
            });
  }

  private static Happening event(String reason, String message, String last, int count) {
    return new Happening("Warning", reason, message, "SparkApp flights", last, count);
  }

  private List<ExecutorReport> known(int... ids) {
    return IntStream.of(ids)
        .mapToObj(id -> ExecutorReport.written(observed.names(), id, Optional.empty(), "It ended."))
        .toList();
  }

  private static Observed observed(int lastExecutorId) {
    return new Observed(
        Serialization.unmarshal(
            """
            metadata: {name: flights, namespace: jobs}
            spec: {}
            status: {phase: Running, attempt: 2, attemptStarted: "%s"}
            """
                .formatted(BEGUN),
            SparkApp.class),
        Optional.of(
            Serialization.unmarshal(
                "status: {lastExecutorId: " + lastExecutorId + "}", ExecutorRequest.class)),
        Optional.empty(),
        List.of(),
        NOW);
  }
}
