package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.sparkapp.cli.ApplicationRun.Outcome;
import io.sparkapp.crds.SparkApp;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs an application and stays with it to its end. */
@Command(
    name = "run",
    description = {
      "Runs the SparkApp of a file: applies it, prints the driver's output and the progress of its"
          + " stages, and ends when it ends. Ctrl-C stops the application.",
      "Exit code 0 only when the application succeeded."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  private static final int GONE_WITHIN_SECONDS = 60;

  @Mixin private ClusterChoice cluster;

  @Parameters(paramLabel = "FILE", description = "A YAML file with one SparkApp.")
  private Path file;

  @Override
  public Integer call() throws InterruptedException {
    GenericKubernetesResource wanted = ApplicationFile.read(file);
    Screen screen = new Screen(System.out, System.err, Screen.onTerminal());
    if (cluster.isLocal()) {
      LocalCommand.start(Optional.empty(), screen::say);
    }
    try (KubernetesClient client = cluster.connect()) {
      if (wanted.getMetadata().getNamespace() == null) {
        wanted.getMetadata().setNamespace(client.getConfiguration().getNamespace());
      }
      makeRoom(client, wanted);
      SparkApp app = create(client, wanted);
      AtomicBoolean ended = new AtomicBoolean();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(client, app, ended), "stop"));
      Outcome outcome = new ApplicationRun(client, app, screen).follow();
      ended.set(true);
      screen.end(outcome.line());
      return outcome.exitCode();
    }
  }

  /** A finished application of the same name goes; one that still runs stays, and this run ends. */
  private static void makeRoom(KubernetesClient client, GenericKubernetesResource wanted) {
    String name = wanted.getMetadata().getName();
    Resource<SparkApp> resource =
        client
            .resources(SparkApp.class)
            .inNamespace(wanted.getMetadata().getNamespace())
            .withName(name);
    SparkApp there = resource.get();
    if (there == null) {
      return;
    }
    boolean finished = there.getStatus() != null && there.getStatus().phase().isTerminal();
    if (!finished) {
      throw CommandFailure.badInput(
          "Application "
              + name
              + " runs already in namespace "
              + wanted.getMetadata().getNamespace()
              + ": wait for its end, or stop it with sparkapp kill "
              + name
              + ".");
    }
    resource.delete();
    resource.waitUntilCondition(app -> app == null, GONE_WITHIN_SECONDS, TimeUnit.SECONDS);
  }

  private static SparkApp create(KubernetesClient client, GenericKubernetesResource wanted) {
    try {
      client.resource(wanted).fieldValidation(FieldValidateable.Validation.STRICT).create();
    } catch (KubernetesClientException e) {
      boolean refused = e.getCode() == 422 || e.getCode() == 400;
      throw refused
          ? CommandFailure.badInput(Refusal.sentences(e))
          : CommandFailure.failed(Refusal.sentences(e));
    }
    return client
        .resources(SparkApp.class)
        .inNamespace(wanted.getMetadata().getNamespace())
        .withName(wanted.getMetadata().getName())
        .require();
  }

  /** Ctrl-C: what was started is ended, unless it had ended by itself. */
  private static void stop(KubernetesClient client, SparkApp app, AtomicBoolean ended) {
    if (ended.get()) {
      return;
    }
    try (KubernetesClient own =
        new io.fabric8.kubernetes.client.KubernetesClientBuilder()
            .withConfig(client.getConfiguration())
            .build()) {
      own.resource(app).delete();
      System.err.println("Stopped " + app.getMetadata().getName() + ".");
    }
  }
}
