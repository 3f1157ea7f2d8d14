package io.sparkapp.driver;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The Spark of this image. Cluster managers are an interface that Spark may change with every minor
 * version, so a driver runs only with those that it was tested with.
 *
 * @param version as Spark's own build wrote it; empty when there is no Spark
 */
record SparkLine(Optional<String> version) {

  private static final Set<String> KNOWN = Set.of("4.0", "4.1", "4.2");

  /** Reads what {@code org.apache.spark.SparkBuildInfo} reads, without running any of Spark. */
  static SparkLine ofClassPath(ClassLoader loader) {
    try (InputStream in = loader.getResourceAsStream("spark-version-info.properties")) {
      Properties build = new Properties();
      if (in != null) {
        build.load(in);
      }
      return new SparkLine(Optional.ofNullable(build.getProperty("version")));
    } catch (IOException e) {
      return new SparkLine(Optional.empty());
    }
  }

  /**
   * Why the driver can not run with it.
   *
   * @param image the driver's image, as the user named it
   */
  Optional<String> problem(String image) {
    if (version.isEmpty()) {
      return Optional.of(
          "Image " + image + " has no Spark in /opt/spark/jars: " + advice(image) + ".");
    }
    String[] numbers = version.get().split("\\.", 3);
    boolean known = numbers.length > 1 && KNOWN.contains(numbers[0] + "." + numbers[1]);
    return known
        ? Optional.empty()
        : Optional.of(
            "Image "
                + image
                + " has Spark "
                + version.get()
                + ", and SparkApps run with Spark 4.0, 4.1 and 4.2: "
                + advice(image)
                + ".");
  }

  private static String advice(String image) {
    return "name another image than " + image + " in spec.image or spec.driver.image";
  }
}
