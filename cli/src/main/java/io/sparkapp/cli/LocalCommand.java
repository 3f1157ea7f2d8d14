package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.local.ClusterStatus;
import io.sparkapp.local.LocalClusterClient;
import io.sparkapp.local.LocalClusterOptions;
import io.sparkapp.local.RunningCluster;
import io.sparkapp.local.controlplane.ClusterException;
import io.sparkapp.local.controlplane.ControlPlane;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The cluster of this machine: a real API server, and a node that runs pods as processes. */
@Command(
    name = "local",
    description = "Starts, ends and shows a Kubernetes cluster on this machine.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkapp local up",
      "  eval \"$(sparkapp local up --export)\"   and kubectl is about it too",
      "  sparkapp local page   a link to its page that signs you in",
      "  sparkapp local down"
    },
    synopsisSubcommandLabel = "(up | down | status | page)")
final class LocalCommand {

  @Spec private CommandSpec spec;

  @Command(
      name = "up",
      description = "Starts the local cluster in the background and waits until it is ready.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  eval \"$(sparkapp local up --export)\"")
  int up(
      @Option(
              names = "--export",
              description = "Print shell commands for eval, and nothing else, to standard output.")
          boolean export,
      @Option(
              names = "--kube-binaries",
              paramLabel = "DIR",
              description = "A directory with kube-apiserver and etcd.")
          Path kubeBinaries) {
    RunningCluster cluster = start(Optional.ofNullable(kubeBinaries), this::progress);
    exports(cluster, System.getenv("PATH")).forEach(spec.commandLine().getOut()::println);
    if (!export) {
      spec.commandLine()
          .getOut()
          .println("# The local cluster is up. Or: eval \"$(sparkapp local up --export)\"");
      page(cluster);
    }
    return 0;
  }

  @Command(
      name = "down",
      description = "Ends the local cluster and all that runs in it; what it stored stays.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  sparkapp local down")
  int down() {
    boolean wasThere =
        told(() -> new LocalClusterClient(LocalClusterOptions.defaultStateDirectory()).down());
    spec.commandLine()
        .getOut()
        .println(wasThere ? "The local cluster is down." : "No local cluster was running.");
    return 0;
  }

  @Command(
      name = "status",
      description = "Shows whether the local cluster runs; exit code 1 when it does not.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  sparkapp local status")
  int status() {
    ClusterStatus status =
        told(() -> new LocalClusterClient(LocalClusterOptions.defaultStateDirectory()).status());
    spec.commandLine().getOut().println(status.sentence());
    if (status instanceof ClusterStatus.Running running) {
      exports(running.cluster(), System.getenv("PATH"))
          .forEach(spec.commandLine().getOut()::println);
      page(running.cluster());
      return 0;
    }
    return CommandFailure.FAILED;
  }

  /** Where its page is, as a comment for shells. */
  private void page(RunningCluster cluster) {
    cluster
        .page()
        .ifPresent(
            address ->
                spec.commandLine()
                    .getOut()
                    .println(
                        "# Its page: "
                            + address
                            + " (sparkapp local page prints a link that signs you in)"));
  }

  @Command(
      name = "page",
      description = {
        "Prints a link to the local cluster's page that signs you in there.",
        "Open it in a browser of this machine and press Log in. Who has the link can look at all"
            + " applications for twelve hours, and change nothing."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  sparkapp local page")
  int page() {
    RunningCluster cluster =
        new LocalClusterClient(LocalClusterOptions.defaultStateDirectory())
            .running()
            .orElseThrow(
                () ->
                    CommandFailure.failed(
                        "No local cluster is running: sparkapp local up starts it."));
    URI address = LocalPage.address(cluster);
    try (KubernetesClient admin = ControlPlane.client(cluster.kubeconfig())) {
      spec.commandLine().getOut().println(LocalPage.link(address, admin));
    }
    return 0;
  }

  private void progress(String line) {
    spec.commandLine().getErr().println(line);
  }

  /** Starts the local cluster unless it runs. */
  static RunningCluster start(
      Optional<Path> kubeBinaries, java.util.function.Consumer<String> progress) {
    LocalClusterOptions options = Installation.find().localCluster(kubeBinaries);
    return told(() -> new LocalClusterClient(options.stateDirectory()).up(options, progress));
  }

  private static <T> T told(java.util.function.Supplier<T> call) {
    try {
      return call.get();
    } catch (ClusterException e) {
      throw CommandFailure.failed(e.getMessage());
    }
  }

  /** Shell commands; our kubectl comes last on the path, and only where there is none. */
  static List<String> exports(RunningCluster cluster, String path) {
    String kubeconfig = "export KUBECONFIG=" + quoted(cluster.kubeconfig().toString());
    boolean hasKubectl =
        path != null
            && Arrays.stream(path.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
    if (hasKubectl || cluster.kubectl().isEmpty()) {
      return List.of(kubeconfig);
    }
    return List.of(
        kubeconfig,
        "export PATH=\"$PATH\":" + quoted(cluster.kubectl().get().getParent().toString()));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
