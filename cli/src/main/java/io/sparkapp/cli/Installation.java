package io.sparkapp.cli;

import io.sparkapp.local.LocalClusterOptions;
import io.sparkapp.local.QuickStart;
import io.sparkapp.local.archives.SparkArchives;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the parts of the product lie that the local cluster is made of. The script that starts the
 * command tells the root in the system property {@value #HOME}.
 */
record Installation(Path root) {

  static final String HOME = "sparkapp.home";

  static Installation find() {
    String home = System.getProperty(HOME);
    if (home == null) {
      throw CommandFailure.badInput(
          "The local cluster's parts are not found: start the command by its script, or set the"
              + " system property "
              + HOME
              + ".");
    }
    return new Installation(Path.of(home).toAbsolutePath().normalize());
  }

  LocalClusterOptions localCluster(Optional<Path> kubeBinaries) {
    Optional<SparkArchives> archives = archives();
    LocalClusterOptions options =
        new LocalClusterOptions(
            LocalClusterOptions.defaultStateDirectory(),
            Optional.empty(),
            manifests(),
            images(archives),
            operatorCommand(),
            Map.of(
                "SPARKAPP_ENDPOINTS_HOST", "127.0.0.1",
                "SPARKAPP_ENDPOINTS_PORT", "0",
                "SPARKAPP_WEB_ENABLED", "true",
                "SPARKAPP_JAVA_OPTIONS", QuickStart.OPTIONS,
                "SPARKAPP_EXECUTOR_JAVA_OPTIONS", QuickStart.EXECUTOR_OPTIONS),
            archives);
    return kubeBinaries.map(options::withKubeBinaries).orElse(options);
  }

  /** Where nothing can be written, applications start without. */
  private Optional<SparkArchives> archives() {
    try {
      SparkArchives archives =
          SparkArchives.in(
              root.resolve("target/class-data"),
              root.resolve("executor-image/target/image"),
              root.resolve("driver-image/target/image"),
              root.resolve("examples/target/image"));
      archives.layer();
      return Optional.of(archives);
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private Map<String, List<Path>> images(Optional<SparkArchives> archives) {
    Path spark = root.resolve("executor-image/target/image");
    Path driver = root.resolve("driver-image/target/image");
    Path examples = root.resolve("examples/target/image");
    // Python is there once images/pyspark has fetched it.
    Path python = root.resolve("images/target/pyspark");
    List<Path> above =
        Stream.concat(
                archives.map(SparkArchives::layer).stream(),
                Stream.of(python).filter(Files::isDirectory))
            .toList();
    Map<String, List<Path>> images = new HashMap<>(OwnImages.in(System.getenv()));
    images.put("sparkapp/driver:0.1.0", layers(above, spark, driver, examples));
    images.put("sparkapp/executor:0.1.0", layers(above, spark, examples));
    return images;
  }

  private static List<Path> layers(List<Path> above, Path... layers) {
    return Stream.concat(Stream.of(layers), above.stream()).toList();
  }

  private List<Path> manifests() {
    try (Stream<Path> files = Files.list(root.resolve("crds"))) {
      Stream<Path> crds = files.filter(file -> file.toString().endsWith("-v1.yml")).sorted();
      return Stream.concat(
              crds,
              Stream.of("rbac.yaml", "users-policy.yaml")
                  .map(root.resolve("operator/src/main/resources/io/sparkapp/operator")::resolve))
          .toList();
    } catch (IOException e) {
      throw CommandFailure.badInput(
          "The resource definitions in " + root.resolve("crds") + " can not be read.");
    }
  }

  private List<String> operatorCommand() {
    Path target = root.resolve("operator/target");
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        target.resolve("classes") + ":" + target.resolve("lib") + "/*",
        "io.sparkapp.operator.OperatorMain");
  }
}
