package io.sparkapp.images;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes the class-data archives of driver and executor: a JVM that starts with one has Spark's
 * classes parsed and verified already, and needs a third of the CPU until its session is there.
 * Such an archive fits only the JVM and the jars, time stamps included, that it was made with. So a
 * small application is run in the unpacked image itself, with its JVM, as pods would run it.
 */
final class ClassDataArchives {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUEST = "training-1";
  private static final String SECRET = "training";
  private static final String INSIDE = "/tmp/training";
  private static final long LONGEST_SECONDS = 600;
  private static final int MOST_PORTS = 100;

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
    int driverPort = freePort();
    Files.writeString(shared.resolve("driver-address"), "127.0.0.1:" + driverPort);
    try (TrainingApiServer apiServer = new TrainingApiServer(REQUEST, shared)) {
      Process driver = driver(apiServer.port(), driverPort);
      Process executor = executor();
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

  private Process driver(int apiServerPort, int driverPort) throws IOException {
    Map<String, String> environment = new HashMap<>(common());
    environment.put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
    environment.put("KUBERNETES_SERVICE_PORT", Integer.toString(apiServerPort));
    environment.put("SPARKAPP_SERVICE_ACCOUNT_DIR", INSIDE);
    environment.put("SPARKAPP_NAMESPACE", "training");
    environment.put("SPARKAPP_NAME", "training");
    environment.put("SPARKAPP_ATTEMPT", "1");
    environment.put("SPARKAPP_REQUEST", REQUEST);
    environment.put(
        "SPARKAPP_MAIN",
        json(
            Map.of(
                "jar", "local:///opt/sparkapp/examples/sparkapp-examples.jar",
                "class", "io.sparkapp.examples.SqlAggregation")));
    environment.put(
        "SPARKAPP_CONF",
        json(
            Map.of(
                "spark.master", "sparkapp://training/training",
                "spark.app.name", "training",
                "spark.driver.port", Integer.toString(driverPort),
                "spark.executor.instances", "1",
                "spark.sql.shuffle.partitions", "2")));
    return run("driver", "io.sparkapp.driver.DriverLauncher", environment, INSIDE, "1000");
  }

  private Process executor() throws IOException {
    Map<String, String> environment = new HashMap<>(common());
    environment.put("SPARKAPP_EXECUTOR_ID", "1");
    environment.put("SPARKAPP_EXECUTOR_CORES", "2");
    environment.put("SPARKAPP_RESOURCE_PROFILE", "0");
    environment.put("SPARKAPP_DRIVER_ADDRESS_FILE", INSIDE + "/driver-address");
    environment.put("SPARKAPP_EXECUTOR_CONF", "{}");
    return run("executor", "io.sparkapp.executor.ExecutorLauncher", environment);
  }

  private static Map<String, String> common() {
    return Map.of(
        "SPARKAPP_APPLICATION_ID",
        REQUEST,
        "SPARKAPP_POD_IP",
        "127.0.0.1",
        "_SPARK_AUTH_SECRET",
        SECRET,
        "SPARKAPP_TERMINATION_LOG",
        INSIDE + "/termination-log",
        "SPARK_HOME",
        "/opt/spark",
        "SPARK_LOCAL_DIRS",
        INSIDE,
        "SPARK_LOCAL_HOSTNAME",
        "localhost",
        "SPARK_USER",
        "spark");
  }

  private Process run(
      String role, String launcher, Map<String, String> environment, String... arguments)
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
    all.addAll(List.of(arguments));
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
            + "# Where it does not fit, the JVM goes on without.\n"
            + "-XX:SharedArchiveFile="
            + folder
            + "/"
            + role
            + ".jsa\n-Xshare:auto\n-Xlog:cds*=off\n");
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

  /** Below those that the kernel takes for outgoing connections: the driver has it only later. */
  private static int freePort() throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        if (attempt == MOST_PORTS) {
          throw e;
        }
      }
    }
  }

  private static String json(Map<String, String> properties) throws JsonProcessingException {
    return JSON.writeValueAsString(properties);
  }
}
