package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sparkapp.local.LocalClusterOptions;
import io.sparkapp.local.RunningCluster;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which cluster and namespace a command is about. */
final class ClusterChoice {

  @Option(
      names = "--context",
      paramLabel = "CONTEXT",
      description = "A context of your kubeconfig; without it the local cluster is used.")
  private String context;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "A kubeconfig, instead of those of KUBECONFIG or ~/.kube/config; without --context its"
              + " current context is used.")
  private Path kubeconfig;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "The namespace; without it the context's, or default.")
  private String namespace;

  boolean isLocal() {
    return context == null && kubeconfig == null && !KubectlPlugin.isThisProcess();
  }

  /** The namespace that the command names; empty when it names none. */
  Optional<String> namespace() {
    return Optional.ofNullable(namespace);
  }

  /** The context that the command names; empty for the local cluster. */
  Optional<String> contextName() {
    return Optional.ofNullable(context);
  }

  /** A client whose namespace is the chosen one. */
  KubernetesClient connect() {
    Config config = isLocal() ? local() : Kubeconfigs.config(kubeconfig, context);
    if (namespace != null || config.getNamespace() == null) {
      config =
          new ConfigBuilder(config)
              .withNamespace(namespace == null ? "default" : namespace)
              .build();
    }
    return Connection.to(config);
  }

  /**
   * The login, when no more than the kubeconfig has to be looked at for it.
   *
   * @param environment where proxies and other logins may be set
   */
  Optional<PlainLogin> plainLogin(Map<String, String> environment) {
    Optional<Path> file =
        isLocal()
            ? RunningCluster.in(LocalClusterOptions.defaultStateDirectory())
                .map(RunningCluster::kubeconfig)
            : environment.keySet().stream().anyMatch(ClusterChoice::changesLogin)
                ? Optional.empty()
                : Optional.of(userFile(environment));
    return file.flatMap(path -> Kubeconfigs.plain(path, context));
  }

  /** As the Kubernetes client looks at them. */
  private static boolean changesLogin(String variable) {
    return variable.startsWith("KUBERNETES_")
        || variable.toUpperCase(Locale.ROOT).endsWith("_PROXY");
  }

  private Path userFile(Map<String, String> environment) {
    String said = environment.get("KUBECONFIG");
    if (kubeconfig != null) {
      return kubeconfig;
    }
    // More than one is joined by the Kubernetes client: none is called so.
    return said == null || said.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".kube", "config")
        : Path.of(said);
  }

  /** What is done with a client. */
  interface Use<T> {
    T of(KubernetesClient client) throws Exception;
  }

  /**
   * Does it with a client whose namespace is the chosen one.
   *
   * @throws CommandFailure saying what the API server refused, and which one that is
   */
  <T> T use(Use<T> use) throws Exception {
    try (KubernetesClient client = connect()) {
      try {
        return use.of(client);
      } catch (KubernetesClientException e) {
        throw Refusal.failure(e, client.getMasterUrl().getAuthority());
      }
    }
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

  /** The options that choose the same cluster and namespace again, each with a blank before it. */
  String options() {
    return (context == null ? "" : " --context " + context)
        + (kubeconfig == null ? "" : " --kubeconfig " + kubeconfig)
        + (namespace == null ? "" : " -n " + namespace);
  }

  private static Config local() {
    Path state = LocalClusterOptions.defaultStateDirectory();
    RunningCluster cluster =
        RunningCluster.in(state)
            .orElseThrow(
                () ->
                    CommandFailure.of(
                        ExitCode.UNREACHABLE,
                        "The local cluster is not up: start it with sparkapp local up, or name a"
                            + " context of your kubeconfig with --context."));
    return Kubeconfigs.local(cluster.kubeconfig());
  }
}
