package io.sparkapp.cli;

import io.sparkapp.cli.submit.ClientCommandLine;
import io.sparkapp.cli.submit.Remark;
import io.sparkapp.cli.submit.SubmitOptions;
import io.sparkapp.cli.submit.SubmitTranslation;
import io.sparkapp.local.LocalClusterOptions;
import io.sparkapp.local.RunningCluster;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs the driver on this machine: a spark-submit of this machine with our jar and master. */
final class ClientSubmission {

  private static final String JAR = "sparkapp-driver.jar";

  private final ClusterChoice cluster;
  private final SubmitOptions options;
  private final String image;
  private final PrintWriter out;
  private final Consumer<String> say;

  ClientSubmission(
      ClusterChoice cluster,
      SubmitOptions options,
      String image,
      PrintWriter out,
      Consumer<String> say) {
    this.cluster = cluster;
    this.options = options;
    this.image = image;
    this.out = out;
    this.say = say;
  }

  /**
   * Starts it and waits for its end.
   *
   * @param environment where SPARK_HOME and PATH are looked up
   * @return its exit code
   */
  int run(boolean dryRun, SubmitTranslation translation, Map<String, String> environment)
      throws InterruptedException {
    Optional<Path> sparkSubmit = sparkSubmit(environment);
    ClientCommandLine line =
        ClientCommandLine.of(
            options,
            translation,
            cluster.namespace(),
            cluster.contextName(),
            Optional.ofNullable(image),
            sparkSubmit.flatMap(ClientSubmission::jar));
    for (Remark remark : line.remarks()) {
      if (remark.kind() == Remark.Kind.REFUSED) {
        throw CommandFailure.badInput(remark.line());
      }
      say.accept(remark.line());
    }
    if (dryRun) {
      out.println(line.shell(sparkSubmit.map(Path::toString).orElse("spark-submit")));
      return 0;
    }
    Path program =
        sparkSubmit.orElseThrow(
            () ->
                CommandFailure.badInput(
                    "--deploy-mode client runs the driver here, and there is no Spark here: set"
                        + " SPARK_HOME to one of version 4 (pip install pyspark has one), or leave"
                        + " --deploy-mode out to run the driver in the cluster."));
    if (!line.hasJar()) {
      throw CommandFailure.badInput(
          "Spark here needs "
              + JAR
              + " for --deploy-mode client: take /opt/sparkapp/driver/"
              + JAR
              + " out of the driver's image and put it into "
              + program.getParent().resolveSibling("jars")
              + ".");
    }
    return start(line.words(program.toString()));
  }

  private int start(List<String> words) throws InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
    if (cluster.isLocal()) {
      LocalCommand.start(Optional.empty(), say);
      RunningCluster.in(LocalClusterOptions.defaultStateDirectory())
          .ifPresent(
              running -> builder.environment().put("KUBECONFIG", running.kubeconfig().toString()));
    }
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw CommandFailure.failed(words.get(0) + " can not be started: " + e.getMessage() + ".");
    }
  }

  private static Optional<Path> sparkSubmit(Map<String, String> environment) {
    Stream<Path> home =
        Optional.ofNullable(environment.get("SPARK_HOME")).stream()
            .map(Path::of)
            .map(spark -> spark.resolve("bin"));
    Stream<Path> path =
        Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
            .filter(directory -> !directory.isEmpty())
            .map(Path::of);
    return Stream.concat(home, path)
        .map(directory -> directory.resolve("spark-submit"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Where our jar is; an empty path for one that Spark finds by itself. */
  private static Optional<Path> jar(Path sparkSubmit) {
    Path jars = sparkSubmit.toAbsolutePath().getParent().resolveSibling("jars");
    if (Files.isReadable(jars.resolve(JAR))) {
      return Optional.of(Path.of(""));
    }
    return Optional.ofNullable(System.getProperty(Installation.HOME))
        .map(Path::of)
        .map(root -> root.resolve("driver-image/target/image/opt/sparkapp/driver").resolve(JAR))
        .filter(Files::isReadable);
  }
}
