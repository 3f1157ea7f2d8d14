package io.sparkapp.cli;

import io.sparkapp.local.LocalClusterOptions;
import io.sparkapp.local.archives.SparkArchives;
import java.io.IOException;
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

  /**
   * Here jobs are small and cores few: the first compiler alone and the plain collector halve the
   * time to a result. On a cluster, where jobs are long, nobody sets this.
   */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

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
    SparkArchives archives =
        SparkArchives.in(
            root.resolve("target/class-data"),
            root.resolve("executor-image/target/image"),
            root.resolve("driver-image/target/image"),
            root.resolve("examples/target/image"));
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
                "SPARKAPP_JAVA_OPTIONS", QUICK_START),
            Optional.of(archives));
    return kubeBinaries.map(options::withKubeBinaries).orElse(options);
  }

  private Map<String, List<Path>> images(SparkArchives archives) {
    Path spark = archives.spark();
    Path driver = archives.driver();
    Path examples = archives.examples();
    // There once images/pyspark has fetched it.
    List<Path> python =
        Stream.of(root.resolve("images/target/pyspark")).filter(Files::isDirectory).toList();
    Map<String, List<Path>> images = new HashMap<>(OwnImages.in(System.getenv()));
    images.put("sparkapp/driver:0.1.0", layers(python, spark, driver, examples, archives.layer()));
    images.put("sparkapp/executor:0.1.0", layers(python, spark, examples, archives.layer()));
    return images;
  }

  private static List<Path> layers(List<Path> some, Path... more) {
    return Stream.concat(Stream.of(more), some.stream()).toList();
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
