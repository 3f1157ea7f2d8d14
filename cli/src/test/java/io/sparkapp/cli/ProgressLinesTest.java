package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkAppStatus.ExecutorCounts;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void withoutBarsWhatTheDriverDoesIsSaidNowAndThen() {
    ProgressLines lines = new ProgressLines("pi", false);

    assertThat(lines.next(running("Stage 0: 1 of 9 tasks.", 11, 0), START))
        .contains("pi: Running 11%: Stage 0: 1 of 9 tasks.");
    assertThat(lines.next(running("Stage 0: 2 of 9 tasks.", 22, 0), START.plusSeconds(4)))
        .isEmpty();
    assertThat(lines.next(running("Stage 0: 3 of 9 tasks.", 33, 0), START.plusSeconds(5)))
        .contains("pi: Running 33%: Stage 0: 3 of 9 tasks.");
    assertThat(lines.next(running("Stage 0: 3 of 9 tasks.", 33, 0), START.plusSeconds(60)))
        .isEmpty();
  }

  @Test
  void whereBarsShowProgressOnlyPhasesAndLostExecutorsAreSaid() {
    ProgressLines lines = new ProgressLines("pi", true);

    assertThat(lines.next(running("Stage 0: 1 of 9 tasks.", 11, 0), START)).isPresent();
    assertThat(lines.next(running("Stage 0: 3 of 9 tasks.", 33, 0), START.plusSeconds(60)))
        .isEmpty();
    assertThat(lines.next(running("Executor 1 was killed.", 33, 1), START.plusSeconds(60)))
        .contains("pi: Running 33%: Executor 1 was killed.");
  }

  @Test
  void aNewPhaseIsSaidAtOnce() {
    ProgressLines lines = new ProgressLines("pi", false);
    SparkAppStatus starting =
        Statuses.status(Map.of("phase", Phase.Starting, "message", "Created the driver."));

    assertThat(lines.next(starting, START)).contains("pi: Starting: Created the driver.");
    assertThat(lines.next(running("The driver runs.", 0, 0), START)).isPresent();
  }

  private static SparkAppStatus running(String message, int percent, int failed) {
    return Statuses.status(
        Map.of(
            "phase",
            Phase.Running,
            "message",
            message,
            "executors",
            ExecutorCounts.of(2, 2, 2, failed),
            "progress",
            Map.of("percent", percent)));
  }
}
