package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.sparkapp.crds.SparkApp;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a driver or an executor wrote. */
@Command(
    name = "logs",
    description = "Prints the log of an application's driver, or of one of its executors.",
    mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

  @Mixin private ClusterChoice cluster;

  @Parameters(paramLabel = "NAME", description = "The application.")
  private String name;

  @Option(names = "--executor", paramLabel = "N", description = "The log of executor N.")
  private Integer executor;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on printing until the pod ends.")
  private boolean follow;

  @Override
  public Integer call() throws IOException {
    try (KubernetesClient client = cluster.connect()) {
      SparkApp app = new Applications(client).get(name);
      if (app.getStatus() == null || app.getStatus().applicationId() == null) {
        throw CommandFailure.failed("Application " + name + " has not started yet: it has no log.");
      }
      String pod =
          app.getStatus().applicationId() + (executor == null ? "-driver" : "-exec-" + executor);
      var resource = client.pods().inNamespace(app.getMetadata().getNamespace()).withName(pod);
      Pod there = resource.get();
      if (there == null) {
        throw CommandFailure.failed(
            "There is no pod " + pod + (executor == null ? "." : "; executors go when they end."));
      }
      try {
        if (follow) {
          try (LogWatch log = resource.watchLog()) {
            log.getOutput().transferTo(System.out);
          }
        } else {
          try (InputStream log = resource.getLogInputStream()) {
            log.transferTo(System.out);
          }
        }
      } catch (KubernetesClientException e) {
        throw CommandFailure.failed(
            "The log of " + pod + " can not be read: " + Refusal.sentences(e));
      }
      System.out.flush();
      return 0;
    }
  }
}
