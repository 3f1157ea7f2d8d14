package io.sparkapp.cli.submit;

import java.util.Locale;

/** Makes names that a SparkApp may have of those that people and Spark give. */
public final class AppName {

  /** The longest name of a SparkApp. */
  public static final int LONGEST = 52;

  /** The longest name of a ScheduledSparkApp, whose SparkApps get a number after it. */
  public static final int LONGEST_OF_SCHEDULE = 43;

  private AppName() {}

  /** {@code Daily Flights} becomes {@code daily-flights}. */
  public static String of(String text, int longest) {
    String slug =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+", "");
    String cut = slug.substring(0, Math.min(slug.length(), longest)).replaceAll("-+$", "");
    return cut.isEmpty() ? "spark" : cut;
  }

  /** {@code com.acme.DailyFlights} becomes {@code daily-flights}, as its users would write it. */
  static String ofClass(String className) {
    String simple = className.substring(className.lastIndexOf('.') + 1).replace("$", "");
    return of(simple.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-"), LONGEST);
  }

  /** {@code s3a://jobs/flights.py} becomes {@code flights}. */
  static String ofFile(String location) {
    String file = location.substring(location.lastIndexOf('/') + 1);
    return of(file.replaceFirst("[.][A-Za-z]+$", ""), LONGEST);
  }
}
