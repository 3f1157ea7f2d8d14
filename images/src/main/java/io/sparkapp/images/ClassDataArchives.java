package io.sparkapp.images;

import io.sparkapp.local.archives.ArchiveOptions;
import io.sparkapp.local.archives.TrainingApiServer;
import io.sparkapp.local.archives.TrainingApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the class-data archives of driver and executor: a JVM that starts with one has Spark's
 * classes parsed and verified already, and needs a third of the CPU until its session is there.
 * Such an archive fits only the JVM and the jars, time stamps included, that it was made with. So a
 * small application is run in the unpacked image itself, with its JVM, as pods would run it.
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
   * Runs the application.
   *
   * @return for each role what it adds to its image
   * @throws IOException when it fails; its log is named
   */
  Map<String, Layer> make() throws IOException {
    Path shared = Files.createDirectories(root.folder().resolve(INSIDE.substring(1)));
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
              TrainingApplication.DRIVER,
              training.driver(apiServer.port(), driverPort),
              training.arguments());
      Process executor =
          run("executor", TrainingApplication.EXECUTOR, training.executor(), List.of());
      try {
        ended("driver", driver);
        ended("executor", executor);
      } finally {
        driver.destroyForcibly();
        executor.destroyForcibly();
      }
    }
    return Map.of("driver", layer("driver"), "executor", layer("executor"));
  }

  private Process run(
      String role, String launcher, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "@/opt/sparkapp/" + role + "/java.args",
                "-Xmx1g",
                "-XX:ArchiveClassesAtExit=" + INSIDE + "/" + role + ".jsa",
                "-cp",
                "/opt/spark/class-path.jar:/opt/sparkapp/" + role + "/sparkapp-" + role + ".jar",
                launcher));
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
