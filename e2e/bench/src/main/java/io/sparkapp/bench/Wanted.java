package io.sparkapp.bench;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a row has to reach, written like {@code <= 0.2} or {@code >= 25}.
 *
 * @param most whether more than the limit is too much; otherwise less than it is too little
 * @param limit of the ratio or, where there is nothing to compare with, of our figure
 */
public record Wanted(boolean most, double limit) {

  private static final Pattern FORM = Pattern.compile("(<=|>=) *([0-9.]+)");
  private static final double GROSS = 2;

  /** At most so much. */
  public static Wanted atMost(double limit) {
    return new Wanted(true, limit);
  }

  /** At least so much. */
  public static Wanted atLeast(double limit) {
    return new Wanted(false, limit);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is of another form
   */
  public static Wanted parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "What is wanted is written like <= 0.2 or >= 25, not like " + text + ".");
    }
    return new Wanted(form.group(1).equals("<="), Double.parseDouble(form.group(2)));
  }

  /** Whether a figure is good enough. */
  public boolean reachedBy(double figure) {
    return most ? figure <= limit : figure >= limit;
  }

  /** Whether a figure is twice as bad as it was, or worse. */
  public boolean grosslyWorse(double figure, double recorded) {
    return most
        ? figure > recorded && figure >= GROSS * recorded
        : figure < recorded && figure <= recorded / GROSS;
  }

  @Override
  public String toString() {
    return (most ? "<= " : ">= ")
        + (limit == Math.rint(limit)
            ? String.format(Locale.ROOT, "%.0f", limit)
            : Double.toString(limit));
  }
}
