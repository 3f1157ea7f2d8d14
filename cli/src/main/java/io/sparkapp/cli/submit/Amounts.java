package io.sparkapp.cli.submit;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory and time as Spark's properties write them, and as a SparkApp's fields do. */
public final class Amounts {

  private static final Pattern MEMORY = Pattern.compile("([0-9]{1,18})(?:([kmgtp])b?|(b))?");
  private static final Pattern QUANTITY = Pattern.compile("[1-9][0-9]{0,11}[KMGT]i");
  private static final Pattern TIME = Pattern.compile("([0-9]{1,12})(us|ms|s|m|min|h|d)?");
  private static final List<String> UNITS = List.of("k", "m", "g", "t");
  private static final int MEBIBYTE = 20;
  private static final long MICROS = 1000;

  private Amounts() {}

  /**
   * Memory as Spark reads it, where a bare number is MiB.
   *
   * @return {@code 2g}; empty when it is none, or nothing
   */
  public static Optional<String> memory(String written) {
    String text = written.strip();
    if (QUANTITY.matcher(text).matches()) {
      return Optional.of(text);
    }
    Matcher matcher = MEMORY.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigInteger number = new BigInteger(matcher.group(1));
    if (number.signum() == 0) {
      return Optional.empty();
    }
    if (matcher.group(3) != null) {
      return Optional.of(
          number
                  .add(BigInteger.ONE.shiftLeft(MEBIBYTE).subtract(BigInteger.ONE))
                  .shiftRight(MEBIBYTE)
              + "m");
    }
    String unit = matcher.group(2) == null ? "m" : matcher.group(2);
    return Optional.of(UNITS.contains(unit) ? number + unit : number.shiftLeft(10) + "t");
  }

  /**
   * A Kubernetes quantity of storage as the fields of a SparkApp take it.
   *
   * @return {@code 10Gi}; empty when these can not express it
   */
  public static Optional<String> size(String written) {
    String text = written.strip();
    if (text.matches("[1-9][0-9]{0,11}G")) {
      return Optional.of(
          Long.parseLong(text.substring(0, text.length() - 1)) * 1000 * 1000 * 1000 / 1024 / 1024
              + "Mi");
    }
    return text.matches("[1-9][0-9]{0,11}([kmgt]b?|[KMGT]i)")
        ? Optional.of(text)
        : Optional.empty();
  }

  /**
   * Time as Spark reads it.
   *
   * @param bareMillis what a number without a unit counts
   */
  static Optional<Duration> time(String written, long bareMillis) {
    Matcher matcher = TIME.matcher(written.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2) == null ? "" : matcher.group(2)) {
          case "us" -> Duration.ofNanos(number * MICROS);
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m", "min" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          case "d" -> Duration.ofDays(number);
          default -> Duration.ofMillis(number * bareMillis);
        });
  }

  /** In the largest unit that it is a whole number of: {@code 90m}. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % (24 * 3600) == 0 && seconds > 24 * 3600
        ? seconds / (24 * 3600) + "d"
        : seconds / 3600 + "h";
  }
}
