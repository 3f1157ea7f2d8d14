package io.sparkapp.crds;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory as users write it: Spark's way ({@code 512m}, {@code 2g}, always powers of
 * 1024) or Kubernetes' ({@code 512Mi}, {@code 2Gi}). What the two read differently is refused: to
 * Kubernetes {@code 2G} is 7 % less than to Spark, and a bare number is bytes to one and MiB to the
 * other.
 *
 * @param bytes the amount
 */
public record Memory(long bytes) implements Comparable<Memory> {

  /** CEL, for the API server; the same as {@link #parse}. */
  public static final String RULE = "self.matches('^[1-9][0-9]{0,11}([kmgt]b?|[KMGT]i)$')";

  /** What the API server says when {@link #RULE} is broken. */
  public static final String MESSAGE =
      "memory is written as Spark does (512m, 2g) or as Kubernetes does (512Mi, 2Gi)";

  private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,11})([kmgt])(b|i)?");
  private static final Map<String, Integer> SHIFTS = Map.of("k", 10, "m", 20, "g", 30, "t", 40);

  public Memory {
    if (bytes < 0) {
      throw new IllegalArgumentException("memory can not be negative: " + bytes);
    }
  }

  /** {@code mebibytes} MiB. */
  public static Memory ofMebibytes(long mebibytes) {
    return new Memory(mebibytes << 20);
  }

  /**
   * Reads {@code 2g}, {@code 2gb} or {@code 2Gi}.
   *
   * @throws IllegalArgumentException for anything else; its message tells the user what to write
   */
  public static Memory parse(String text) {
    Matcher matcher = WRITTEN.matcher(text.toLowerCase(Locale.ROOT));
    boolean kubernetes = text.endsWith("i");
    if (!matcher.matches()
        || kubernetes != Character.isUpperCase(text.charAt(matcher.start(2)))
        || text.endsWith("B")) {
      throw new IllegalArgumentException("\"" + text + "\" is no amount of memory: " + MESSAGE);
    }
    long number = Long.parseLong(matcher.group(1));
    int shift = SHIFTS.get(matcher.group(2));
    if (number > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is more memory than can be counted: ask for less");
    }
    return new Memory(number << shift);
  }

  /** The amount in MiB, rounded up, as Spark counts executor memory. */
  public long mebibytes() {
    return (bytes + (1L << 20) - 1) >> 20;
  }

  /** This much and {@code other} together. */
  public Memory plus(Memory other) {
    return new Memory(Math.addExact(bytes, other.bytes));
  }

  /** As a Kubernetes quantity in MiB. */
  public String asQuantity() {
    return mebibytes() + "Mi";
  }

  /** As Spark's properties and the JVM's {@code -Xmx} take it, in MiB. */
  public String asSparkProperty() {
    return mebibytes() + "m";
  }

  @Override
  public int compareTo(Memory other) {
    return Long.compare(bytes, other.bytes);
  }
}
