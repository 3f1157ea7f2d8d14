package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.QueueState;
import io.sparkapp.crds.SparkApp;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens and closes queues. */
@Command(
    name = "queue",
    description = "Opens, drains or stops a queue.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkapp queue drain nightly   before the cluster is maintained",
      "  sparkapp queue open nightly    afterwards"
    },
    synopsisSubcommandLabel = "(open | drain | stop)")
final class QueueCommand {

  @Spec private CommandSpec spec;

  @Command(
      name = "open",
      description = "The queue admits applications.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  sparkapp queue open nightly")
  int open(
      @Mixin ClusterChoice cluster,
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String name) {
    return set(cluster, name, QueueState.Open);
  }

  @Command(
      name = "drain",
      description = "The queue admits nothing new; what runs goes on.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  sparkapp queue drain nightly")
  int drain(
      @Mixin ClusterChoice cluster,
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String name) {
    return set(cluster, name, QueueState.Draining);
  }

  @Command(
      name = "stop",
      description = "The queue admits nothing new, and what runs gets no further executors.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  sparkapp queue stop nightly")
  int stop(
      @Mixin ClusterChoice cluster,
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String name) {
    return set(cluster, name, QueueState.Stopped);
  }

  private int set(ClusterChoice cluster, String name, QueueState state) {
    try (KubernetesClient client = cluster.connect()) {
      Queues queues = new Queues(client);
      var resource = queues.resource(name);
      Map<String, Object> wanted = Map.of("state", state.name());
      if (resource.get() != null) {
        resource.patch(
            PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("spec", wanted)));
      } else if (Queue.isImplicit(name)) {
        create(client, name, wanted);
      } else {
        throw Queues.missing(name, queues.names());
      }
      spec.commandLine().getOut().println(sentence(name, state));
      return 0;
    }
  }

  /** A queue that is there without having been created says nothing else than this. */
  private static void create(KubernetesClient client, String name, Map<String, Object> wanted) {
    GenericKubernetesResource queue = new GenericKubernetesResource();
    queue.setApiVersion(SparkApp.GROUP + "/" + SparkApp.VERSION);
    queue.setKind("SparkQueue");
    queue.setMetadata(new ObjectMetaBuilder().withName(name).build());
    queue.setAdditionalProperties(Map.of("spec", wanted));
    client.resource(queue).create();
  }

  static String sentence(String name, QueueState state) {
    return "Queue "
        + name
        + switch (state) {
          case Open -> " is open: it admits applications.";
          case Draining -> " drains: it admits nothing new; what runs goes on.";
          case Stopped ->
              " is stopped: it admits nothing new, and what runs gets no further executors.";
        };
  }
}
