package io.sparkapp.bench.longjob;

import io.sparkapp.bench.Child;
import io.sparkapp.bench.apiserver.Results;
import io.sparkapp.local.archives.TrainingApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Spark's standalone backend: a master, a worker for each executor, and a driver that {@code
 * spark-submit} starts in its own process.
 */
final class OnStandalone implements Contender, AutoCloseable {

  /** All traffic encrypted, as ours always is. */
  static final Map<String, String> ENCRYPTED =
      Map.of(
          "spark.authenticate", "true",
          "spark.authenticate.secret", "of-one-measurement",
          "spark.network.crypto.enabled", "true");

  private static final String HOST = "127.0.0.1";
  private static final String OUTPUT = "standalone.log";
  private static final String PACKAGE = "org.apache.spark.deploy.";

  private final String name;
  private final Path spark;
  private final Path program;
  private final Map<String, String> more;
  private final int port = TrainingApplication.freePort();
  private final List<Child> daemons = new ArrayList<>();

  /**
   * Starts master and workers.
   *
   * @param spark the folder that Spark is laid out in
   * @param program the jar with the program
   * @param more Spark's properties that are not as Spark has them
   */
  OnStandalone(String name, Path spark, Path program, Map<String, String> more) throws IOException {
    this.name = name;
    this.spark = spark;
    this.program = program;
    this.more = more;
    try {
      startDaemons();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void startDaemons() throws IOException {
    daemon("master.Master", "--host", HOST, "--port", Integer.toString(port), "--webui-port", "0");
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(this::masterListens);
    for (int worker = 0; worker < Job.EXECUTORS; worker++) {
      String folder = Results.file("standalone-" + worker).toString();
      daemon(
          "worker.Worker",
          Stream.of(
                  List.of("--host", HOST, "--webui-port", "0", "--work-dir", folder),
                  List.of("--cores", "1", "--memory", "1g", master()))
              .flatMap(List::stream)
              .toArray(String[]::new));
    }
  }

  private void daemon(String main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(spark.resolve("bin/spark-class").toString(), PACKAGE + main));
    command.addAll(List.of(arguments));
    daemons.add(new Child(start(command), main, Results.file(OUTPUT)));
  }

  private boolean masterListens() {
    try (Socket socket = new Socket(InetAddress.getByName(HOST), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private String master() {
    return "spark://" + HOST + ":" + port;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void run(String app, Job job, Path result) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                spark.resolve("bin/spark-submit").toString(),
                "--master",
                master(),
                "--name",
                app,
                "--driver-memory",
                "1g",
                "--executor-memory",
                "1g",
                "--class",
                Job.PROGRAM));
    more.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.add(program.toString());
    command.addAll(job.arguments(result));
    Process driver = start(command);
    try {
      if (driver.waitFor() != 0) {
        throw new IOException(app + " has failed; see " + Results.file(OUTPUT) + ".");
      }
    } finally {
      driver.destroy();
    }
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(Results.file(OUTPUT).toFile()));
    builder.environment().put("SPARK_HOME", spark.toString());
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    // Master and workers are told as drivers are; the master's door for HTTP knows no secret.
    builder
        .environment()
        .put(
            "SPARK_DAEMON_JAVA_OPTS",
            more.entrySet().stream()
                .map(each -> "-D" + each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" ", "-Dspark.master.rest.enabled=false ", "")));
    return builder.start();
  }

  /** Workers end their executors before they end. */
  @Override
  public void close() {
    daemons.forEach(Child::stop);
    daemons.forEach(Child::close);
  }
}
