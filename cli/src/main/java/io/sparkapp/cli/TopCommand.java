package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what applications use. */
@Command(
    name = "top",
    description = {
      "Shows how much CPU and memory an application's driver and executors use now.",
      "Without a name: all applications of the namespace, each in one line. It is asked of"
          + " metrics.k8s.io, so the cluster needs a metrics server."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkapp top           the applications of this namespace",
      "  sparkapp top flights   the pods of one"
    })
final class TopCommand extends ClusterCommand {

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "The application.")
  private String name;

  @Override
  ExitCode run(KubernetesClient client) {
    if (name != null) {
      new Applications(client).get(name);
    }
    String namespace = client.getConfiguration().getNamespace();
    Map<String, PodMetrics> metrics =
        metrics(client, namespace).stream()
            .collect(Collectors.toMap(each -> each.getMetadata().getName(), Function.identity()));
    List<PodUse> uses =
        client
            .pods()
            .inNamespace(namespace)
            .withLabel(PodNames.anyApplication(), name)
            .list()
            .getItems()
            .stream()
            .filter(TopCommand::runs)
            .map(pod -> PodUse.of(pod, metrics.get(pod.getMetadata().getName())))
            .toList();
    if (uses.isEmpty()) {
      tell(name == null ? "No application has a running pod." : name + " has no running pod.");
      return ExitCode.DONE;
    }
    (name == null ? TopScreen.applications(uses, style()) : TopScreen.pods(uses, style()))
        .forEach(this::print);
    return ExitCode.DONE;
  }

  private static boolean runs(Pod pod) {
    return "Running".equals(pod.getStatus().getPhase());
  }

  private List<PodMetrics> metrics(KubernetesClient client, String namespace) {
    try {
      return client.top().pods().metrics(namespace).getItems();
    } catch (KubernetesClientException e) {
      boolean nobody =
          e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
              || e.getCode() == HttpURLConnection.HTTP_UNAVAILABLE;
      if (!nobody) {
        throw e;
      }
      throw CommandFailure.of(
          ExitCode.FAILED,
          cluster().isLocal()
              ? "The local cluster measures no pods: their processes are this machine's, look at"
                  + " them with top or ps."
              : "This cluster has no metrics server (metrics.k8s.io), so nobody knows what pods use:"
                  + " install one.",
          e);
    }
  }
}
