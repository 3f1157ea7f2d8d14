package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.SparkApp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says why. */
@Command(
    name = "explain",
    description =
        "Says why an application waits, why it has as many executors as it has, or why it ended.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  sparkapp explain flights")
final class ExplainCommand extends ClusterCommand {

  @Parameters(paramLabel = "NAME", description = "The application.")
  private String name;

  @Override
  ExitCode run(KubernetesClient client) {
    Applications applications = new Applications(client);
    SparkApp app = applications.get(name);
    Explanation.of(
            app, applications.request(app), new Queues(client).find(QueueCounts.queueOf(app)))
        .forEach(this::print);
    return ExitCode.DONE;
  }
}
