package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.cli.ApplicationRun.Outcome;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
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

  @Mixin private ClusterChoice cluster;

  @Parameters(paramLabel = "FILE", description = "A YAML file with one SparkApp.")
  private Path file;

  @Override
  public Integer call() throws InterruptedException {
    GenericKubernetesResource wanted = ApplicationFile.read(file);
    Screen screen = Screen.ofThisProcess();
    if (cluster.isLocal()) {
      LocalCommand.start(Optional.empty(), screen::say);
    }
    try (KubernetesClient client = cluster.connect()) {
      cluster.namespace(client, wanted).ifPresent(wanted.getMetadata()::setNamespace);
      StopOnInterrupt interrupt = StopOnInterrupt.install(client.getConfiguration(), screen);
      ObjectMeta app = new Submission(client, wanted).submit();
      interrupt.started(app);
      Outcome outcome = new ApplicationRun(client, app, screen).follow();
      if (interrupt.ended()) {
        screen.end(outcome.line());
      }
      return outcome.exitCode();
    }
  }
}
