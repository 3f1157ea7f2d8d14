package io.sparkapp.images;

import io.sparkapp.local.archives.ArchiveOptions;
import io.sparkapp.local.archives.OperatorTraining;
import io.sparkapp.local.archives.TrainingApiServer;
import io.sparkapp.local.archives.TrainingApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the class-data archives of driver, executor and operator: a JVM that starts with one has
 * its classes parsed and verified already, and needs a third of the CPU until a driver's session is
 * there. Such an archive fits only the JVM and the jars, time stamps included, that it was made
 * with. So a small application, and an operator that has one to start, are run in the unpacked
 * image itself, with its JVM, as pods would run them.
 */
final class ClassDataArchives {

  private static final String INSIDE = "/tmp/training";
  private static final long LONGEST_SECONDS = 600;

  private final RootFileSystem root;
  private final Sandbox sandbox;
  private final Path scratch;

  ClassDataArchives(RootFileSystem root, Path scratch) {
    this.root = root;
    this.sandbox = new Sandbox(root);
    this.scratch = scratch;
  }

  /**
   * Runs the application, and then the operator.
   *
   * @return for each role what it adds to its image
   * @throws IOException when it fails; its log is named
   */
  Map<String, Layer> make() throws IOException {
    Path shared = Files.createDirectories(root.folder().resolve(INSIDE.substring(1)));
    runApplication(shared);
    runOperator(shared);
    return Map.of(
        "driver", layer("driver"), "executor", layer("executor"), "operator", layer("operator"));
  }

  private void runApplication(Path shared) throws IOException {
    TrainingApplication training =
        new TrainingApplication(
            INSIDE, "/opt/spark", "/opt/sparkapp/examples/sparkapp-examples.jar");
    int driverPort = TrainingApplication.freePort();
    Files.writeString(
        shared.resolve(TrainingApplication.DRIVER_ADDRESS_FILE), "127.0.0.1:" + driverPort);
    try (TrainingApiServer apiServer = new TrainingApiServer(TrainingApplication.REQUEST, shared)) {
      Process driver =
          run(
              "driver",
              classPath("driver"),
              TrainingApplication.DRIVER,
              training.driver(apiServer.port(), driverPort),
              training.arguments());
      Process executor =
          run(
              "executor",
              classPath("executor"),
              TrainingApplication.EXECUTOR,
              training.executor(),
              List.of());
      try {
        ended("driver", driver);
        ended("executor", executor);
      } finally {
        driver.destroyForcibly();
        executor.destroyForcibly();
      }
    }
  }

  private void runOperator(Path shared) throws IOException {
    OperatorTraining.run(
        shared,
        INSIDE,
        log("operator"),
        environment ->
            run(
                "operator",
                ProductImages.OPERATOR_CLASS_PATH,
                OperatorTraining.MAIN,
                environment,
                List.of()));
    if (!Files.exists(archive("operator"))) {
      throw new IOException(
          "The operator made no class-data archive when it was told to stop; "
              + log("operator")
              + " says more (--no-archives builds without).");
    }
  }

  private static String classPath(String role) {
    return "/opt/spark/class-path.jar:/opt/sparkapp/" + role + "/sparkapp-" + role + ".jar";
  }

  private Process run(
      String role,
      String classPath,
      String main,
      Map<String, String> environment,
      List<String> arguments)
      throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "@/opt/sparkapp/" + role + "/java.args",
                "-Xmx1g",
                "-XX:ArchiveClassesAtExit=" + INSIDE + "/" + role + ".jsa",
                "-cp",
                classPath,
                main));
    all.addAll(arguments);
    return sandbox.java(all, environment, log(role));
  }

  private void ended(String role, Process process) throws IOException {
    int exitCode = Sandbox.exitCode(process, LONGEST_SECONDS);
    if (exitCode != 0 || !Files.exists(archive(role))) {
      throw new IOException(
          "The "
              + role
              + " that makes the class-data archive ended with exit code "
              + exitCode
              + "; "
              + log(role)
              + " says more (--no-archives builds without).");
    }
  }

  private Layer layer(String role) throws IOException {
    String folder = "/opt/sparkapp/" + role;
    Path archive = scratch.resolve(role + ".jsa");
    Files.copy(archive(role), archive, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Path options = scratch.resolve(role + ".args");
    Files.writeString(
        options,
        Files.readString(root.folder().resolve(folder.substring(1)).resolve("java.args"))
            + ArchiveOptions.lines(folder + "/" + role + ".jsa"));
    return new Layer(
        role + " archive",
        List.of(
            new Layer.Entry(archive, folder + "/" + role + ".jsa"),
            new Layer.Entry(options, folder + "/java.args")));
  }

  private Path archive(String role) {
    return root.folder().resolve(INSIDE.substring(1)).resolve(role + ".jsa");
  }

  private Path log(String role) {
    return scratch.resolve("training-" + role + ".log");
  }
}
