package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends an application. */
@Command(
    name = "kill",
    description = "Ends an application: its driver, its executors and all that belongs to it.",
    mixinStandardHelpOptions = true)
final class KillCommand implements Callable<Integer> {

  @Mixin private ClusterChoice cluster;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The application.")
  private String name;

  @Override
  public Integer call() {
    try (KubernetesClient client = cluster.connect()) {
      Applications applications = new Applications(client);
      applications.get(name);
      applications.resource(name).delete();
      spec.commandLine().getOut().println("Killed " + name + ".");
      return 0;
    }
  }
}
