package io.sparkapp.cli.submit;

import java.util.Locale;
import java.util.Optional;

/** Where a program is, and of which kind it is. */
public final class MainLocation {

  private MainLocation() {}

  /** The field of {@code spec.main}: python, r, sql or jar. */
  public static String kind(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".py")) {
      return "python";
    }
    if (name.endsWith(".r")) {
      return "r";
    }
    return name.endsWith(".sql") ? "sql" : "jar";
  }

  /** As a SparkApp takes it; see {@link Locations}. */
  public static Optional<String> of(
      String subject, String written, Locations locations, Remarks remarks) {
    return locations.of(subject, written, remarks);
  }
}
