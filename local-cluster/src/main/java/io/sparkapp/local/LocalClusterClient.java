package io.sparkapp.local;

import io.sparkapp.local.controlplane.ClusterException;
import io.sparkapp.local.controlplane.ControlPlane;
import io.sparkapp.local.controlplane.KubeBinaries;
import io.sparkapp.local.controlplane.KubeBinarySearch;
import io.sparkapp.local.node.NodeAgent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts, finds and ends the background process of a local cluster. Everything it knows is in the
 * state directory; it ends processes on record there and no others.
 */
public final class LocalClusterClient {
  private static final Duration READY_WITHIN = Duration.ofSeconds(240);
  private static final Duration END_WITHIN = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Path stateDirectory;

  /** For the cluster of this state directory, which need not exist. */
  public LocalClusterClient(Path stateDirectory) {
    this.stateDirectory = stateDirectory.toAbsolutePath().normalize();
  }

  /** The cluster, when it is ready. */
  public Optional<RunningCluster> running() {
    return RunningCluster.in(stateDirectory);
  }

  /**
   * Gives the running cluster, or starts one in the background and waits until it is ready. The
   * binaries are looked up, and built if need be, in this process: Ctrl-C ends that.
   *
   * @param options of the same state directory; without effect on a cluster that is running
   * @param progress gets lines for the user
   * @throws ClusterException saying why it doesn't start
   */
  public RunningCluster up(LocalClusterOptions options, Consumer<String> progress) {
    Optional<RunningCluster> already = running();
    if (already.isPresent()) {
      return already.get();
    }
    ControlPlane.processRecords(stateDirectory);
    KubeBinaries binaries = KubeBinarySearch.fromEnvironment(options.kubeBinaries()).find(progress);
    ClusterLock turn = ClusterLock.awaitTurn(stateDirectory);
    try {
      Optional<RunningCluster> meanwhile = running();
      return meanwhile.isPresent()
          ? meanwhile.get()
          : startOrJoin(options.withKubeBinaries(binaries.directory()), progress);
    } finally {
      turn.close();
    }
  }

  private RunningCluster startOrJoin(LocalClusterOptions options, Consumer<String> progress) {
    Path logs = logs();
    StartProtocol protocol =
        new StartProtocol(logs.resolve("start.log"), logs.resolve("daemon.log"));
    ProcessHandle daemon = ClusterLock.holder(stateDirectory).orElseGet(() -> startDaemon(options));
    protocol.awaitReady(daemon, READY_WITHIN, progress);
    return running()
        .orElseThrow(
            () ->
                new ClusterException(
                    "The local cluster ended right after its start; see %s."
                        .formatted(logs.resolve("daemon.log"))));
  }

  private Path logs() {
    Path logs = stateDirectory.resolve("logs");
    try {
      return Files.createDirectories(logs);
    } catch (IOException e) {
      throw new ClusterException("Cannot create %s: %s.".formatted(logs, e), e);
    }
  }

  private ProcessHandle startDaemon(LocalClusterOptions options) {
    Path optionsFile = stateDirectory.resolve("options.json");
    options.write(optionsFile);
    List<String> command = DaemonCommand.ofThisJvm().toCommand(optionsFile);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(stateDirectory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(logs().resolve("start.log").toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(logs().resolve("daemon.log").toFile()));
    try {
      return builder.start().toHandle();
    } catch (IOException e) {
      throw new ClusterException(
          "Cannot start the local cluster with %s: %s.".formatted(command.get(0), e.getMessage()),
          e);
    }
  }

  /**
   * Ends the cluster: asks its process, waits, then ends by force what is on record and still
   * there.
   *
   * @return false when nothing was running
   */
  public boolean down() {
    if (!Files.isDirectory(stateDirectory)) {
      return false;
    }
    Optional<ProcessHandle> daemon = ClusterLock.holder(stateDirectory);
    daemon.ifPresent(this::end);
    NodeAgent.endLeftovers(LocalCluster.nodeDirectory(stateDirectory));
    List<String> leftBehind = ControlPlane.processRecords(stateDirectory).endAll(GRACE);
    try {
      RunningCluster.remove(stateDirectory);
    } catch (IOException e) {
      throw new ClusterException("Cannot tidy up %s: %s.".formatted(stateDirectory, e), e);
    }
    return daemon.isPresent() || !leftBehind.isEmpty();
  }

  private void end(ProcessHandle daemon) {
    if (daemon.pid() == ProcessHandle.current().pid()) {
      throw new ClusterException("This very process runs the cluster: close it instead.");
    }
    daemon.destroy();
    try {
      if (!StartProtocol.endsWithin(daemon, END_WITHIN.toMillis())) {
        daemon.destroyForcibly();
        StartProtocol.endsWithin(daemon, GRACE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("Interrupted while the local cluster was ending.", e);
    }
  }

  /** How it stands; looks only. */
  public ClusterStatus status() {
    if (!Files.isDirectory(stateDirectory)) {
      return new ClusterStatus.Stopped();
    }
    Optional<RunningCluster> running = running();
    if (running.isPresent()) {
      return new ClusterStatus.Running(running.get());
    }
    Optional<ProcessHandle> holder = ClusterLock.holder(stateDirectory);
    if (holder.isPresent()) {
      return new ClusterStatus.Changing(holder.get().pid());
    }
    List<String> left = List.copyOf(ControlPlane.processRecords(stateDirectory).alive().keySet());
    return left.isEmpty() ? new ClusterStatus.Stopped() : new ClusterStatus.LeftBehind(left);
  }
}
