package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.SparkApp;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one application. */
@Command(
    name = "status",
    description = "Shows how an application goes.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @Mixin private ClusterChoice cluster;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The application.")
  private String name;

  @Override
  public Integer call() {
    try (KubernetesClient client = cluster.connect()) {
      SparkApp app = new Applications(client).get(name);
      StatusScreen.lines(app, Clock.systemUTC()).forEach(spec.commandLine().getOut()::println);
      return 0;
    }
  }
}
