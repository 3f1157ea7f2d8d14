package io.sparkapp.local.node;

import io.sparkapp.local.controlplane.PrivateFile;
import io.sparkapp.local.controlplane.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that a container is, and those it started. When the first one ends, the others are
 * killed, as they would be with the first process of a container.
 */
final class ContainerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerProcess.class);

  private final Process process;
  private final CompletableFuture<Integer> exit;

  private ContainerProcess(Process process, CompletableFuture<Void> copied) {
    this.process = process;
    this.exit =
        process
            .onExit()
            .thenAccept(ended -> kill())
            // The log is complete before the end is told, unless someone keeps the output open.
            .thenCombine(copied, (ended, copy) -> process.exitValue());
  }

  /**
   * Starts the process.
   *
   * @param record the file that tells a later agent which process this is
   * @param copiers runs the copying of the output; blocks a thread as long as the process lives
   * @throws IOException if the command can't be started
   */
  static ContainerProcess start(Launch launch, ContainerLog log, Path record, Executor copiers)
      throws IOException {
    List<String> command = new ArrayList<>(ProcessTree.sessionPrefix());
    command.addAll(launch.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(launch.workingDirectory().toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    Process process = builder.start();
    ProcessIdentity.of(process.toHandle())
        .ifPresent(identity -> PrivateFile.write(record, identity.toText()));
    return new ContainerProcess(process, copy(process, log, copiers));
  }

  private static CompletableFuture<Void> copy(Process process, ContainerLog log, Executor copiers) {
    CompletableFuture<Void> copied =
        CompletableFuture.runAsync(
            () -> {
              try {
                log.copy(process.getInputStream());
              } catch (IOException e) {
                LOG.warn("The log {} ended early.", log.file(), e);
              }
            },
            copiers);
    CompletableFuture<Void> bound = new CompletableFuture<>();
    copied.whenComplete((nothing, error) -> bound.complete(null));
    process
        .onExit()
        .thenRun(() -> bound.completeOnTimeout(null, 2, TimeUnit.SECONDS))
        .thenCompose(nothing -> bound)
        .thenRun(log::end);
    return bound;
  }

  /** The exit code, once the process has ended and its output is in the log. */
  CompletableFuture<Integer> exit() {
    return exit;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Asks the processes to end. */
  void terminate() {
    ProcessTree.of(process.toHandle()).forEach(ProcessHandle::destroy);
  }

  /** Ends the processes at once. */
  void kill() {
    ProcessTree.of(process.toHandle()).forEach(ProcessHandle::destroyForcibly);
  }
}
