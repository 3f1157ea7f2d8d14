package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntConsumer;

/** Runs one container of a pod, once. Used by one thread at a time; the pod's. */
final class ContainerRunner {
  private static final BackOff PULL = new BackOff(Duration.ofSeconds(10), Duration.ofMinutes(5));
  private static final BackOff CONFIG = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final NodeServices node;
  private final PodDirectory directory;
  private final Container container;
  private ContainerPhase phase;
  private BackOff pullRetry = PULL;
  private PathMapping paths = PathMapping.of(Map.of());
  private BackOff configRetry = CONFIG;
  private String imageId = "";
  private String containerId = "";
  private ContainerLog log;
  private ContainerProcess process;
  private volatile boolean outOfMemory;

  ContainerRunner(
      NodeServices node, PodDirectory directory, Container container, String waitingFor) {
    this.node = node;
    this.directory = directory;
    this.container = container;
    this.phase = new ContainerPhase.Waiting(waitingFor, "");
  }

  String name() {
    return container.getName();
  }

  ContainerView view() {
    return new ContainerView(name(), container.getImage(), imageId, containerId, phase);
  }

  boolean waiting() {
    return phase instanceof ContainerPhase.Waiting;
  }

  /** The log of the running process; empty before it runs and in an agent that didn't start it. */
  Optional<ContainerLog> log() {
    return Optional.ofNullable(log);
  }

  /**
   * Tries to start the container.
   *
   * @param onExit gets the exit code, in any thread
   * @return when to try again, if it still waits
   */
  Optional<Duration> start(PodFields fields, PodVolumes volumes, IntConsumer onExit) {
    Pod pod = fields.pod();
    try {
      Image image = node.images().pull(container.getImage());
      imageId = image.id();
      Launch launch = plan(fields, volumes, image);
      node.events()
          .normal(
              pod,
              container,
              "Pulled",
              "Container image \"%s\" already present on machine".formatted(image.name()));
      launch(pod, launch, onExit);
      return Optional.empty();
    } catch (ImageNotFoundException e) {
      return Optional.of(notThere(pod, e.getMessage()));
    } catch (ContainerConfigException e) {
      phase = new ContainerPhase.Waiting("CreateContainerConfigError", e.getMessage());
      node.events().warning(pod, container, "Failed", "Error: " + e.getMessage());
      Duration delay = configRetry.next();
      configRetry = configRetry.doubled();
      return Optional.of(delay);
    } catch (CommandNotFoundException | IOException | UncheckedIOException e) {
      startFailed(pod, e.getMessage());
      return Optional.empty();
    }
  }

  /** Asks the process to end, if it runs. */
  void terminate(Pod pod) {
    if (phase instanceof ContainerPhase.Running) {
      node.events().normal(pod, container, "Killing", "Stopping container " + name());
      process.terminate();
    }
  }

  /** Ends the process at once, if it runs. */
  void kill() {
    if (process != null) {
      process.kill();
    }
  }

  /** Takes note that the process has ended. */
  void ended(int exitCode) {
    Instant started =
        phase instanceof ContainerPhase.Running running
            ? running.startedAt()
            : node.clock().instant();
    String reason = outOfMemory ? "OOMKilled" : exitCode == 0 ? "Completed" : "Error";
    phase =
        new ContainerPhase.Terminated(
            exitCode, reason, lastWords(exitCode), started, node.clock().instant());
  }

  /** Takes over what was reported of a container that an earlier agent ran. */
  void takeOver(Optional<ContainerStatus> reported, String interruption) {
    Instant now = node.clock().instant();
    boolean ran = Files.exists(directory.process(name()));
    if (reported.isPresent()) {
      imageId = Optional.ofNullable(reported.get().getImageID()).orElse("");
      containerId = Optional.ofNullable(reported.get().getContainerID()).orElse("");
      ContainerStateTerminated end = reported.get().getState().getTerminated();
      if (end != null) {
        phase =
            new ContainerPhase.Terminated(
                end.getExitCode(),
                end.getReason(),
                end.getMessage() == null ? "" : end.getMessage(),
                instant(end.getStartedAt(), now),
                instant(end.getFinishedAt(), now));
        return;
      }
      ran |= reported.get().getState().getRunning() != null;
    }
    if (ran) {
      Instant started =
          reported
              .map(status -> status.getState().getRunning())
              .map(running -> instant(running.getStartedAt(), now))
              .orElse(now);
      phase = new ContainerPhase.Terminated(137, "Error", interruption, started, now);
    }
  }

  private Launch plan(PodFields fields, PodVolumes volumes, Image image) throws IOException {
    NamespaceData data =
        new ApiNamespaceData(node.client(), fields.pod().getMetadata().getNamespace());
    Map<String, String> variables =
        new ContainerEnvironment(fields, data).resolve(container, node.environment());
    PodDirectory.createPrivate(directory.containerRoot(name()));
    Files.createDirectories(directory.log(name()).getParent());
    Path lastWords = directory.terminationLog(name());
    if (!Files.exists(lastWords)) {
      Files.createFile(lastWords);
    }
    LaunchPlanner.Surroundings surroundings =
        new LaunchPlanner.Surroundings(
            image,
            volumes.mounts(container, variables),
            directory,
            fields.pod().getMetadata().getName(),
            fields.podIp());
    paths = surroundings.mapping(container);
    Launch launch = node.planner().plan(container, variables, surroundings);
    Files.createDirectories(launch.workingDirectory());
    return launch;
  }

  private void launch(Pod pod, Launch launch, IntConsumer onExit) throws IOException {
    log = new ContainerLog(directory.log(name()), node.clock());
    process = ContainerProcess.start(launch, log, directory.process(name()), node.copiers());
    containerId = "process://" + UUID.randomUUID().toString().replace("-", "");
    phase = new ContainerPhase.Running(node.clock().instant());
    node.events().normal(pod, container, "Created", "Created container: " + name());
    node.events().normal(pod, container, "Started", "Started container " + name());
    memoryLimit()
        .ifPresent(limit -> node.memory().watch(process.handle(), limit, this::killForMemory));
    process.exit().thenAccept(onExit::accept);
  }

  private void killForMemory() {
    outOfMemory = true;
    process.kill();
  }

  private Optional<Long> memoryLimit() {
    return Optional.ofNullable(container.getResources())
        .map(resources -> resources.getLimits())
        .map(limits -> limits.get("memory"))
        .map(limit -> Quantity.getAmountInBytes(limit).longValue());
  }

  /** What a kubelet says of an image that it may not pull; ours never pulls any. */
  private Duration notThere(Pod pod, String message) {
    phase = new ContainerPhase.Waiting("ErrImageNeverPull", message);
    node.events().warning(pod, container, "ErrImageNeverPull", message);
    Duration delay = pullRetry.next();
    pullRetry = pullRetry.doubled();
    return delay;
  }

  private void startFailed(Pod pod, String cause) {
    String message = "failed to start container \"%s\": %s".formatted(name(), cause);
    phase =
        new ContainerPhase.Terminated(
            128, "StartError", message, Instant.EPOCH, node.clock().instant());
    node.events().warning(pod, container, "Failed", "Error: " + message);
  }

  private String lastWords(int exitCode) {
    try {
      return paths.unmap(
          TerminationMessage.read(
              directory.terminationLog(name()),
              directory.log(name()),
              exitCode != 0
                  && "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy())));
    } catch (IOException e) {
      return "The termination message can't be read: " + e.getMessage();
    }
  }

  private static Instant instant(String time, Instant otherwise) {
    return time == null ? otherwise : Instant.parse(time);
  }
}
