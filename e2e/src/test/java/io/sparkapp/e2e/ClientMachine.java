package io.sparkapp.e2e;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What somebody has who runs drivers on a machine of their own: a SPARK_HOME with the driver's jar
 * among Spark's, and a kubeconfig.
 */
public final class ClientMachine {

  /** Longer than any driver here takes. */
  private static final long LONGEST_MINUTES = 8;

  private final Path home;
  private final Path kubeconfig;

  private ClientMachine(Path home, Path kubeconfig) {
    this.home = home;
    this.kubeconfig = kubeconfig;
  }

  /**
   * Lays it out.
   *
   * @param project its folders have Spark, its commands and the jar
   * @param directory an empty one
   */
  public static ClientMachine layOut(Path project, Path directory, Path kubeconfig)
      throws IOException {
    Path home = Files.createDirectories(directory.resolve("spark"));
    Path jars = Files.createDirectory(home.resolve("jars"));
    Path layer = project.resolve("images/target/pyspark/opt/spark").toRealPath();
    Files.createSymbolicLink(home.resolve("bin"), layer.resolve("bin"));
    Files.createSymbolicLink(home.resolve("python"), layer.resolve("python"));
    Path spark = project.resolve("executor-image/target/image/opt/spark/jars").toRealPath();
    try (Stream<Path> each = Files.list(spark)) {
      for (Path jar : each.toList()) {
        put(jar, jars.resolve(jar.getFileName()));
      }
    }
    Path driver =
        project
            .resolve("driver-image/target/image/opt/sparkapp/driver/sparkapp-driver.jar")
            .toRealPath();
    put(driver, jars.resolve("sparkapp-driver.jar"));
    // A page at all addresses would be in the way of those that pods have at theirs.
    Files.writeString(
        Files.createDirectory(home.resolve("conf")).resolve("spark-defaults.conf"),
        "spark.ui.port 0\n");
    return new ClientMachine(home, kubeconfig);
  }

  /** Half a gigabyte is copied only where it has to be. */
  private static void put(Path jar, Path there) throws IOException {
    try {
      Files.createLink(there, jar);
    } catch (FileSystemException | UnsupportedOperationException e) {
      // Another file system, or one without links.
      Files.copy(jar, there);
    }
  }

  /** A driver that runs, or ran. */
  public record Driver(Process process, Path log) {

    public String output() throws IOException {
      return Files.readString(log);
    }

    /** Waits for its end. */
    public int end() throws IOException, InterruptedException {
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("The driver does not end; it said: " + output());
      }
      return process.exitValue();
    }

    /** As {@code kill -9} of all that it is: it can say nothing any more. */
    public void kill() {
      List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
      all.add(process.toHandle());
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Starts {@code $SPARK_HOME/bin/COMMAND}; {@code in} is what is typed. */
  public Driver start(String command, Path in, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(home.resolve("bin").resolve(command).toString());
    line.addAll(List.of(arguments));
    Path log = Files.createTempFile(home.getParent(), command, ".log");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(home.getParent().toFile())
            .redirectErrorStream(true)
            .redirectInput(in.toFile())
            .redirectOutput(log.toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    // A shell that is typed into, though there is no terminal.
    builder.environment().put("PYSPARK_DRIVER_PYTHON_OPTS", command.equals("pyspark") ? "-i" : "");
    return new Driver(builder.start(), log);
  }

  /** Starts {@code spark-submit} with a master. */
  public Driver submit(String master, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--master", master));
    all.addAll(List.of(arguments));
    return start("spark-submit", Path.of("/dev/null"), all.toArray(String[]::new));
  }
}
