package io.sparkapp.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long ago something was, as kubectl writes it. */
final class Age {

  private Age() {}

  static String of(String timestamp, Clock clock) {
    return of(Duration.between(Instant.parse(timestamp), clock.instant()));
  }

  static String between(Instant then, Instant now) {
    return of(Duration.between(then, now));
  }

  static String of(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 7200) {
      return seconds / 60 + "m";
    }
    return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86400 + "d";
  }
}
