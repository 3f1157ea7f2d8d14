package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sparkapp.local.LocalClusterOptions;
import io.sparkapp.local.RunningCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine.Option;

/** Which cluster and namespace a command is about. */
final class ClusterChoice {

  @Option(
      names = "--context",
      description = "A context of your kubeconfig; without it the local cluster is used.")
  private String context;

  @Option(
      names = {"-n", "--namespace"},
      description = "The namespace; without it the context's, or default.")
  private String namespace;

  boolean isLocal() {
    return context == null;
  }

  /** A client whose namespace is the chosen one. */
  KubernetesClient connect() {
    Config config = isLocal() ? local() : ofContext();
    if (namespace != null || config.getNamespace() == null) {
      config =
          new ConfigBuilder(config)
              .withNamespace(namespace == null ? "default" : namespace)
              .build();
    }
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Where an application of a file goes; empty when the file says it and no option does. */
  Optional<String> namespace(KubernetesClient client, HasMetadata app) {
    String said = app.getMetadata().getNamespace();
    if (said == null || said.isEmpty()) {
      return Optional.of(client.getConfiguration().getNamespace());
    }
    if (namespace != null && !namespace.equals(said)) {
      throw CommandFailure.badInput(
          "The file says namespace %s, the command says %s: leave one out."
              .formatted(said, namespace));
    }
    return Optional.empty();
  }

  private Config ofContext() {
    Config config;
    try {
      config = Config.autoConfigure(context);
    } catch (KubernetesClientException | YamlEngineException e) {
      throw CommandFailure.badInput(
          "Your kubeconfig can not be read: "
              + e.getMessage().lines().findFirst().orElse("")
              + ".");
    }
    if (config.getCurrentContext() == null) {
      throw CommandFailure.badInput("Your kubeconfig has no context " + context + ".");
    }
    return config;
  }

  private static Config local() {
    Path state = LocalClusterOptions.defaultStateDirectory();
    RunningCluster cluster =
        RunningCluster.in(state)
            .orElseThrow(
                () ->
                    CommandFailure.failed(
                        "The local cluster is not up: start it with sparkapp local up, or name a"
                            + " context of your kubeconfig with --context."));
    try {
      return Config.fromKubeconfig(Files.readString(cluster.kubeconfig()));
    } catch (IOException e) {
      throw CommandFailure.failed(
          "The local cluster's kubeconfig " + cluster.kubeconfig() + " can not be read.");
    }
  }
}
