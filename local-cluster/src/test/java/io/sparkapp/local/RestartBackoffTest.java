package io.sparkapp.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  @Test
  void startsAgainAtOnceAfterTheFirstEndAndThenEverMoreSlowly() {
    assertThat(
            Stream.iterate(RestartBackoff.FRESH, backoff -> backoff.afterRunOf(SHORT))
                .skip(1)
                .limit(4)
                .map(RestartBackoff::delay))
        .containsExactly(
            Duration.ZERO, Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void neverWaitsLongerThanTenSeconds() {
    RestartBackoff often =
        Stream.iterate(RestartBackoff.FRESH, backoff -> backoff.afterRunOf(SHORT))
            .skip(1000)
            .findFirst()
            .orElseThrow();

    assertThat(often.delay()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void forgetsEarlierEndsAfterAGoodRun() {
    RestartBackoff backoff =
        RestartBackoff.FRESH.afterRunOf(SHORT).afterRunOf(SHORT).afterRunOf(Duration.ofMinutes(5));

    assertThat(backoff.delay()).isEqualTo(Duration.ZERO);
  }
}
