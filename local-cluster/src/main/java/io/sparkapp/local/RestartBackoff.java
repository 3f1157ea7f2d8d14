package io.sparkapp.local;

import java.time.Duration;

/**
 * How long to wait before a process that ended is started again: at once the first time, then
 * doubling from a quarter of a second to ten seconds; a run of half a minute makes good for all
 * before it.
 *
 * @param quickEnds ends in a row after a short run
 */
record RestartBackoff(int quickEnds) {
  static final RestartBackoff FRESH = new RestartBackoff(0);
  private static final Duration GOOD_RUN = Duration.ofSeconds(30);
  private static final long FIRST_MILLIS = 250;
  private static final long MOST_MILLIS = 10_000;

  RestartBackoff afterRunOf(Duration duration) {
    return duration.compareTo(GOOD_RUN) >= 0
        ? FRESH
        : new RestartBackoff(Math.min(quickEnds + 1, 20));
  }

  Duration delay() {
    return quickEnds <= 1
        ? Duration.ZERO
        : Duration.ofMillis(Math.min(MOST_MILLIS, FIRST_MILLIS << (quickEnds - 2)));
  }
}
