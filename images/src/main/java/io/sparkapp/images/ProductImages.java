package io.sparkapp.images;

import io.sparkapp.local.archives.ClassPathJar;
import io.sparkapp.local.archives.OperatorTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The three images, made of what the build left in the modules' {@code target} folders. */
final class ProductImages {

  /** Spark's user in its own images too. */
  static final String USER = "185:185";

  static final String WORK_DIR = "/opt/spark/work-dir";

  /** Jars in an order that is the same everywhere: an archive is used with that order only. */
  static final String OPERATOR_CLASS_PATH =
      "/opt/sparkapp/operator/class-path.jar:/opt/sparkapp/operator/sparkapp-operator.jar";

  private final Path home;
  private final Path scratch;
  private final Optional<Path> pySpark;

  /**
   * @param home the project's folder
   * @param scratch for files that are made here
   * @param pySpark PySpark's {@code python} folder; empty for images without it
   */
  ProductImages(Path home, Path scratch, Optional<Path> pySpark) {
    this.home = home;
    this.scratch = scratch;
    this.pySpark = pySpark;
  }

  ImagePlan operator() throws IOException {
    Path libraries = built("operator/target/lib");
    Path jar;
    try (Stream<Path> jars = Files.list(built("operator/target"))) {
      jar =
          jars.filter(file -> file.getFileName().toString().matches("sparkapp-operator-.*\\.jar"))
              .findFirst()
              .orElseThrow(() -> notBuilt("operator/target/sparkapp-operator.jar"));
    }
    String folder = "/opt/sparkapp/operator";
    Path list = scratch.resolve("operator-class-path.jar");
    ClassPathJar.write(libraries, list);
    return new ImagePlan(
        "operator",
        "Runs Apache Spark applications on Kubernetes",
        List.of(
            users(home, scratch),
            Layer.ofFolder("libraries", libraries, folder + "/lib")
                .plus(list, folder + "/class-path.jar"),
            new Layer(
                    "operator",
                    List.of(
                        new Layer.Entry(jar, folder + "/sparkapp-operator.jar"),
                        new Layer.Entry(
                            home.resolve("operator/src/main/jvm/java.args"),
                            folder + "/java.args")))
                .plus(bom("operator"), "/opt/sparkapp/sbom.json")),
        Map.of(),
        List.of(
            "java",
            "@" + folder + "/java.args",
            "-XX:MaxRAMPercentage=75",
            "-cp",
            OPERATOR_CLASS_PATH,
            OperatorTraining.MAIN));
  }

  ImagePlan driver() throws IOException {
    return role("driver", "Apache Spark's driver in a SparkApp");
  }

  ImagePlan executor() throws IOException {
    return role("executor", "Apache Spark's executor in a SparkApp");
  }

  /** All three in one: the place where their class-data archives are made. */
  ImagePlan training() throws IOException {
    ImagePlan driver = driver();
    List<Layer> layers = new ArrayList<>(driver.layers());
    layers.addAll(executor().layers());
    layers.addAll(operator().layers());
    return new ImagePlan(
        "training", driver.description(), layers, driver.environment(), driver.entrypoint());
  }

  private ImagePlan role(String role, String description) throws IOException {
    Path spark = built("executor-image/target/image/opt/spark/jars");
    Path list = scratch.resolve("class-path.jar");
    ClassPathJar.write(spark, list);
    List<Layer> layers = new ArrayList<>();
    layers.add(users(home, scratch));
    layers.add(
        Layer.ofFolder("spark", spark, "/opt/spark/jars").plus(list, "/opt/spark/class-path.jar"));
    pySpark.ifPresent(python -> layers.add(Layer.ofFolder("pyspark", python, "/opt/spark/python")));
    layers.add(
        Layer.ofFolder(
            "examples",
            built("examples/target/image/opt/sparkapp/examples"),
            "/opt/sparkapp/examples"));
    layers.add(
        Layer.ofFolder(
                role,
                built(role + "-image/target/image/opt/sparkapp/" + role),
                "/opt/sparkapp/" + role)
            .plus(bom(role + "-image"), "/opt/sparkapp/" + role + "/sbom.json"));
    Map<String, String> environment =
        pySpark.isPresent()
            ? Map.of(
                "SPARK_HOME", "/opt/spark", "PYTHONPATH", "/opt/spark/python", "LANG", "C.UTF-8")
            : Map.of("SPARK_HOME", "/opt/spark");
    return new ImagePlan(role, description, List.copyOf(layers), environment, List.of());
  }

  /** Hadoop asks the system for the user's name, so it must have one; and a folder to work in. */
  static Layer users(Path home, Path scratch) throws IOException {
    Path folder = Files.createDirectories(scratch.resolve("empty"));
    return Layer.ofFolder("users", home.resolve("images/src/main/files"), "")
        .plus(folder, WORK_DIR);
  }

  private Path bom(String module) {
    return built(module + "/target/sbom.json");
  }

  private Path built(String path) {
    Path file = home.resolve(path);
    if (!Files.exists(file)) {
      throw notBuilt(path);
    }
    return file;
  }

  private static IllegalStateException notBuilt(String path) {
    return new IllegalStateException(
        "There is no "
            + path
            + ": build the project first, with mvn package -DskipTests. Offline, with -o, it makes no sbom.json.");
  }
}
