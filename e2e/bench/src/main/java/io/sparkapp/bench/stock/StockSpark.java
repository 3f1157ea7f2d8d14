package io.sparkapp.bench.stock;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Spark with its own Kubernetes backend, and the cluster that it submits to.
 *
 * @param image the folder that {@link #laidOut} returns
 * @param kubeconfig with what it may do there
 */
public record StockSpark(Path image, URI apiServer, Path kubeconfig) {

  /**
   * An application.
   *
   * @param jar a path, or a URL with scheme local
   */
  public record Program(String jar, String mainClass, List<String> arguments) {}

  /**
   * Has {@code e2e/bench/stock-spark} lay it out anew.
   *
   * @param home of the checkout, built
   */
  public static Path laidOut(Path home) throws IOException, InterruptedException {
    return printedBy(home.resolve("e2e/bench/stock-spark"));
  }

  /**
   * Has {@code e2e/bench/stock-image} make an image of it, laid out anew.
   *
   * @param home of the checkout, built, with images
   * @return the archive
   */
  public static Path archived(Path home) throws IOException, InterruptedException {
    return printedBy(home.resolve("e2e/bench/stock-image"));
  }

  private static Path printedBy(Path command) throws IOException, InterruptedException {
    Process script =
        new ProcessBuilder(command.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (script.waitFor() != 0) {
      throw new IOException("There is no Spark to compare with: " + command + " has failed.");
    }
    return Path.of(printed.strip());
  }

  /** Creates a namespace, and in it the account of drivers. */
  public void prepare(KubernetesClient admin, String namespace) throws IOException {
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    try (InputStream account = Files.newInputStream(home().resolve("account.yaml"))) {
      admin
          .load(account)
          .items()
          .forEach(item -> admin.resource(item).inNamespace(namespace).create());
    }
  }

  /** Its SPARK_HOME. */
  public Path home() {
    return image.resolve("opt/spark");
  }

  /**
   * The spark-submit of an application.
   *
   * @param mode client or cluster
   */
  public List<String> submission(
      String mode, String app, Map<String, String> properties, Program program) {
    List<String> command =
        new ArrayList<>(
            List.of(
                home().resolve("bin/spark-submit").toString(),
                "--master",
                "k8s://" + apiServer,
                "--deploy-mode",
                mode,
                "--name",
                app,
                "--class",
                program.mainClass()));
    new TreeMap<>(properties)
        .forEach((name, value) -> command.addAll(List.of("--conf", name + "=" + value)));
    command.add(program.jar());
    command.addAll(program.arguments());
    return command;
  }

  /** What that command finds in its environment besides. */
  public Map<String, String> environment() {
    return Map.of("KUBECONFIG", kubeconfig.toString(), "SPARK_HOME", home().toString());
  }

  /**
   * Starts a submission and returns at once.
   *
   * @param log gets what it prints, after what is there
   */
  public Process start(List<String> submission, File log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(submission)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder.environment().putAll(environment());
    return builder.start();
  }
}
