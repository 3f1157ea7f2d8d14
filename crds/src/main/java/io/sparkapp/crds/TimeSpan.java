package io.sparkapp.crds;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of time as users write it: {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 7d}. Spark's
 * way, and Kubernetes' but for the days.
 *
 * @param duration the span; never negative
 */
public record TimeSpan(Duration duration) {

  /** CEL, for the API server; the same as {@link #parse}. */
  public static final String RULE = "self.matches('^([0-9]{1,9}(ms|s|m|h|d))+$')";

  /** What the API server says when {@link #RULE} is broken. */
  public static final String MESSAGE = "a time is written as 90s, 10m, 1h30m or 7d";

  private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  /**
   * Reads {@code 1h30m}.
   *
   * @throws IllegalArgumentException for anything else; its message tells the user what to write
   */
  public static TimeSpan parse(String text) {
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      sum = sum.plus(UNITS.get(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
      end = part.end();
    }
    if (end == 0 || end != text.length()) {
      throw new IllegalArgumentException("\"" + text + "\" is no span of time: " + MESSAGE);
    }
    return new TimeSpan(sum);
  }
}
