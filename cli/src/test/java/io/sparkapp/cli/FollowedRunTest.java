package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.StageNode;
import io.sparkapp.crds.StageState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands below a driver's output, and what is said of its stages and at its end. */
class FollowedRunTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:30Z");

  @Test
  void whatItWaitsForIsSaidAsLongAsItWaits() {
    SparkApp app = app("{phase: Waiting, message: needs 4 cores; queue etl has 2 free.}");

    assertThat(RunHeadline.line(app, NOW, 100))
        .isEqualTo("Waiting, 30s so far: needs 4 cores; queue etl has 2 free.");
    assertThat(RunHeadline.line(app, NOW, 20)).hasSize(19);
    assertThat(RunHeadline.line(app("{}"), NOW, 100)).isEqualTo("Waiting, 30s so far.");
  }

  @Test
  void howFarItIsIsSaidOnceItHasTasks() {
    assertThat(RunHeadline.line(app("{phase: Running, message: No job yet.}"), NOW, 100))
        .isEqualTo("Running, 30s so far: No job yet.");
    assertThat(RunHeadline.line(app(running(8)), NOW, 100))
        .isEqualTo(
            "Running, 30s so far: 8 of 32 tasks, 1 of 3 stages, 2/2 executors, about 60s left");
    assertThat(RunHeadline.line(app(running(32)), NOW, 100))
        .isEqualTo("Running, 30s so far: It ends.");
  }

  @Test
  void theLastLineSumsUpWithTheExitCode() {
    String ended =
        "attempt: 2, started: \"2026-01-01T00:00:00Z\", ended: \"2026-01-01T00:00:25Z\","
            + " progress: {stages: {done: 3, total: 3}, tasks: {done: 32, total: 32}},";

    assertThat(
            RunHeadline.summary(app("{phase: Succeeded, " + ended + "driver: {exitCode: 0}}"), NOW))
        .isEqualTo(
            "flights succeeded after 25s: 3 stages, 32 tasks, 2 attempts, the driver's exit code is 0.");
    assertThat(RunHeadline.summary(app("{phase: Failed}"), NOW))
        .isEqualTo("flights failed. sparkapp explain flights says more.");
  }

  @Test
  void aStageIsToldOfOnceWhenItHasEnded() {
    StageLines lines = new StageLines(100);
    StageNode running = stage(0, 0, StageState.Active);

    assertThat(lines.next(List.of(running, stage(1, null, StageState.Waiting)))).isEmpty();
    assertThat(lines.next(List.of(stage(0, 0, StageState.Done), stage(1, 0, StageState.Active))))
        .containsExactly("stage 0 is done after 12s: 20 tasks, map at A.java:1");
    assertThat(lines.next(List.of(stage(0, 0, StageState.Done), stage(1, 0, StageState.Failed))))
        .containsExactly("stage 1 failed after 12s: 20 tasks, map at A.java:1");
    assertThat(lines.next(List.of(stage(0, 1, StageState.Done))))
        .containsExactly("stage 0, attempt 2, is done after 12s: 20 tasks, map at A.java:1");
    assertThat(lines.next(List.of(stage(2, 0, StageState.Skipped)))).isEmpty();
    assertThat(new StageLines(20).next(List.of(stage(0, 0, StageState.Done))))
        .containsExactly("stage 0 is done aft");
  }

  private static String running(int done) {
    return "{phase: Running, message: It ends., attemptStarted: \"2026-01-01T00:00:10Z\","
        + " executors: {summary: 2/2},"
        + " progress: {stages: {done: 1, total: 3}, tasks: {done: "
        + done
        + ", total: 32}}}";
  }

  private static StageNode stage(int id, Integer attempt, StageState state) {
    return new StageNode(
        id,
        attempt,
        0,
        "map at A.java:1",
        List.of(),
        state,
        20,
        0,
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:12Z");
  }

  private static SparkApp app(String status) {
    return Serialization.unmarshal(
        """
        metadata: {name: flights, namespace: jobs, creationTimestamp: "2026-01-01T00:00:00Z"}
        spec: {}
        status: %s
        """
            .formatted(status),
        SparkApp.class);
  }
}
