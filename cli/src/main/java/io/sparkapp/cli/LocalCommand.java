package io.sparkapp.cli;

import io.sparkapp.local.ClusterStatus;
import io.sparkapp.local.LocalClusterClient;
import io.sparkapp.local.LocalClusterOptions;
import io.sparkapp.local.RunningCluster;
import io.sparkapp.local.controlplane.ClusterException;
import java.io.File;
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
    synopsisSubcommandLabel = "(up | down | status)")
final class LocalCommand {

  @Spec private CommandSpec spec;

  @Command(
      name = "up",
      description = "Starts the local cluster in the background and waits until it is ready.",
      mixinStandardHelpOptions = true)
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
    }
    return 0;
  }

  @Command(
      name = "down",
      description = "Ends the local cluster and all that runs in it; what it stored stays.",
      mixinStandardHelpOptions = true)
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
      mixinStandardHelpOptions = true)
  int status() {
    ClusterStatus status =
        told(() -> new LocalClusterClient(LocalClusterOptions.defaultStateDirectory()).status());
    spec.commandLine().getOut().println(status.sentence());
    if (status instanceof ClusterStatus.Running running) {
      exports(running.cluster(), System.getenv("PATH"))
          .forEach(spec.commandLine().getOut()::println);
      return 0;
    }
    return CommandFailure.FAILED;
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
