package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.SparkQueue;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the queues. */
@Command(
    name = "queues",
    description = {
      "Shows the tree of queues: what each holds, is promised and may hold.",
      "",
      "A bar is as long as the most that a queue may hold of the resource that it is fullest of:",
      "= is used, > is used beyond its guarantee, - is guaranteed and not used.",
      "! marks a queue whose spec is not in force, and the sentence below says why."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkapp queues             all of them",
      "  sparkapp queues analytics   one and those under it, resource by resource"
    })
final class QueuesCommand extends ClusterCommand {

  @Parameters(
      paramLabel = "QUEUE",
      arity = "0..1",
      description = "Only this queue and those under it, with all its resources.")
  private String name;

  @Override
  ExitCode run(KubernetesClient client) {
    Map<String, Queue> queues = new Queues(client).all();
    QueueTreeScreen.lines(queues.values(), name == null ? SparkQueue.ROOT : name)
        .forEach(this::print);
    if (name != null) {
      QueueTreeScreen.resources(queues.get(name)).forEach(this::print);
    }
    return ExitCode.DONE;
  }
}
