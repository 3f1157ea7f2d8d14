package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one pod from the moment it is bound to the node until its object is gone. All its steps run
 * one after the other; none of them waits.
 */
final class PodRunner {
  private static final Logger LOG = LoggerFactory.getLogger(PodRunner.class);
  private static final Duration REFRESH = Duration.ofSeconds(60);
  private static final BackOff MOUNT = new BackOff(Duration.ofMillis(500), Duration.ofSeconds(10));
  static final String INTERRUPTED =
      "The node agent was restarted, which ended the processes of this pod.";

  private final NodeServices node;
  private final SerialExecutor serial;
  private final PodDirectory directory;
  private final PodVolumes volumes;
  private final PodTokens tokens;
  private final List<ContainerRunner> initContainers;
  private final List<ContainerRunner> containers;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private Pod pod;
  private Instant startTime;
  private Optional<String> ip = Optional.empty();
  private boolean mounted;
  private Optional<PodView.Verdict> verdict = Optional.empty();
  private List<PodCondition> conditions;
  private PodStatus reported;
  private boolean stopping;
  private boolean finished;
  private boolean muted;
  private boolean gone;
  private BackOff mountRetry = MOUNT;
  private Optional<Instant> killAt = Optional.empty();
  private Optional<Future<?>> killTimer = Optional.empty();

  PodRunner(NodeServices node, Pod pod) {
    this.node = node;
    this.pod = pod;
    this.serial = new SerialExecutor(node.workers());
    this.directory = PodDirectory.of(node.pods(), pod.getMetadata().getUid());
    this.volumes = new PodVolumes(directory);
    this.tokens = new PodTokens(node.client(), pod, node.clock());
    this.conditions = pod.getStatus().getConditions();
    this.startTime =
        Optional.ofNullable(pod.getStatus().getStartTime())
            .map(Instant::parse)
            .orElseGet(() -> node.clock().instant());
    List<Container> init = pod.getSpec().getInitContainers();
    this.initContainers = runners(init, "PodInitializing");
    this.containers =
        runners(
            pod.getSpec().getContainers(),
            init.isEmpty() ? "ContainerCreating" : "PodInitializing");
  }

  /**
   * Starts the pod, or ends what an earlier agent had started of it, or nothing if it has ended.
   */
  void begin() {
    serial.execute(
        () -> {
          switch (PodStart.of(pod, !directory.processes().isEmpty())) {
            case ENDED -> finished = true;
            case INTERRUPTED -> takeOver();
            case NEW -> admit();
          }
          checkDeletion();
        });
  }

  /** Takes note of a change of the object. */
  void update(Pod newer) {
    serial.execute(
        () -> {
          pod = newer;
          checkDeletion();
          if (!stopping && !finished) {
            refresh(false);
          }
        });
  }

  /** The object is gone: so are the processes and the files. */
  void gone() {
    serial.execute(
        () -> {
          gone = true;
          muted = true;
          stopping = true;
          all().forEach(ContainerRunner::kill);
          if (all().noneMatch(container -> container.view().running())) {
            finish();
          }
        });
  }

  /**
   * Ends the processes without a word to the API server: the node goes down.
   *
   * @return completes when none runs any more
   */
  CompletableFuture<Void> shutDown(Duration grace) {
    serial.execute(
        () -> {
          muted = true;
          if (finished) {
            ended.complete(null);
          } else {
            stop(grace);
          }
        });
    return ended;
  }

  /** The log of a container that runs, to be followed. */
  Optional<ContainerLog> liveLog(String container) {
    return all()
        .filter(one -> one.name().equals(container))
        .findFirst()
        .flatMap(ContainerRunner::log);
  }

  PodDirectory directory() {
    return directory;
  }

  private void admit() {
    Optional<PodView.Verdict> refusal = PodStart.refusal(pod);
    if (refusal.isPresent()) {
      node.events().warning(pod, refusal.get().reason(), refusal.get().message());
      fail(refusal.get());
      return;
    }
    report();
    Optional.ofNullable(pod.getSpec().getActiveDeadlineSeconds())
        .ifPresent(
            seconds -> node.timers().after(Duration.ofSeconds(seconds), serial, this::overdue));
    mount();
  }

  private void mount() {
    if (stopping || finished) {
      return;
    }
    try {
      if (ip.isEmpty()) {
        ip = Optional.of(node.ips().allocate());
      }
      volumes.prepare(pod, content());
      mounted = true;
    } catch (ContainerConfigException | KubernetesClientException e) {
      node.events().warning(pod, "FailedMount", e.getMessage());
      node.timers().after(mountRetry.next(), serial, this::mount);
      mountRetry = mountRetry.doubled();
      return;
    }
    if (volumes.hasFiles()) {
      node.timers().after(REFRESH, serial, this::refreshAgain);
    }
    startNext();
  }

  private void startNext() {
    Optional<ContainerRunner> init =
        initContainers.stream().filter(container -> !container.view().succeeded()).findFirst();
    if (init.isPresent()) {
      start(init.get());
    } else {
      containers.forEach(this::start);
    }
    report();
  }

  private void start(ContainerRunner container) {
    if (stopping || finished || !container.waiting()) {
      return;
    }
    PodFields fields = fields();
    Optional<Duration> retry;
    try {
      retry =
          container.start(fields, volumes, code -> serial.execute(() -> ended(container, code)));
    } catch (KubernetesClientException e) {
      LOG.warn("Container {} is started later: {}", container.name(), e.getMessage());
      retry = Optional.of(MOUNT.next());
    }
    retry.ifPresent(delay -> node.timers().after(delay, serial, () -> startAgain(container)));
    if (container.view().terminated()) {
      afterEnd(container);
    }
  }

  private void startAgain(ContainerRunner container) {
    start(container);
    report();
  }

  private void ended(ContainerRunner container, int exitCode) {
    container.ended(exitCode);
    afterEnd(container);
  }

  private void afterEnd(ContainerRunner container) {
    boolean init = initContainers.contains(container);
    boolean over =
        init && !container.view().succeeded()
            || containers.stream().allMatch(one -> one.view().terminated());
    boolean nothingRuns = all().noneMatch(one -> one.view().running());
    if (nothingRuns && (over || stopping)) {
      finish();
    } else if (init && container.view().succeeded()) {
      startNext();
    } else {
      report();
    }
  }

  private void checkDeletion() {
    if (pod.getMetadata().getDeletionTimestamp() == null) {
      return;
    }
    if (finished) {
      node.statuses().delete(pod);
      return;
    }
    Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
    stop(Duration.ofSeconds(grace == null ? 30 : grace));
  }

  private void overdue() {
    if (!finished && !stopping) {
      verdict =
          Optional.of(
              new PodView.Verdict(
                  "DeadlineExceeded",
                  "Pod was active on the node longer than the specified deadline"));
      Long grace = pod.getSpec().getTerminationGracePeriodSeconds();
      stop(Duration.ofSeconds(grace == null ? 30 : grace));
    }
  }

  /** Asks all processes to end and kills them after the grace; a later, shorter grace counts. */
  private void stop(Duration grace) {
    if (finished) {
      return;
    }
    if (!stopping) {
      stopping = true;
      all().forEach(container -> container.terminate(pod));
    }
    if (all().noneMatch(container -> container.view().running())) {
      finish();
      return;
    }
    Instant end = node.clock().instant().plus(grace);
    if (killAt.isEmpty() || end.isBefore(killAt.get())) {
      killTimer.ifPresent(timer -> timer.cancel(false));
      killAt = Optional.of(end);
      killTimer =
          Optional.of(
              node.timers().after(grace, serial, () -> all().forEach(ContainerRunner::kill)));
    }
  }

  private void fail(PodView.Verdict why) {
    verdict = Optional.of(why);
    finish();
  }

  private void takeOver() {
    all().forEach(container -> container.takeOver(reportedOf(container.name()), INTERRUPTED));
    fail(new PodView.Verdict("NodeAgentRestarted", INTERRUPTED));
  }

  private Optional<ContainerStatus> reportedOf(String container) {
    return Stream.concat(
            pod.getStatus().getInitContainerStatuses().stream(),
            pod.getStatus().getContainerStatuses().stream())
        .filter(status -> status.getName().equals(container))
        .findFirst();
  }

  /** Nothing of the pod runs any more, and nothing will. */
  private void finish() {
    report();
    finished = true;
    ended.complete(null);
    killTimer.ifPresent(timer -> timer.cancel(false));
    ip.ifPresent(node.ips()::release);
    ip = Optional.empty();
    deleteFiles();
    if (pod.getMetadata().getDeletionTimestamp() != null && !muted) {
      node.statuses().delete(pod);
    }
  }

  private void deleteFiles() {
    try {
      if (gone) {
        directory.delete();
      } else {
        directory.deleteVolumes();
      }
    } catch (UncheckedIOException e) {
      // A process that has left the container may still write there; the next start deletes them.
      LOG.warn("Files of pod {} are left.", pod.getMetadata().getName(), e);
    }
  }

  private void refreshAgain() {
    if (!stopping && !finished) {
      refresh(true);
      node.timers().after(REFRESH, serial, this::refreshAgain);
    }
  }

  private void refresh(boolean all) {
    if (!mounted) {
      return;
    }
    try {
      volumes.refresh(pod, content(), all);
    } catch (ContainerConfigException | KubernetesClientException e) {
      // The files stay as they are, as with a kubelet; the next round tries again.
      node.events().warning(pod, "FailedMount", e.getMessage());
    }
  }

  private void report() {
    if (muted || finished) {
      return;
    }
    PodView view =
        new PodView(
            node.nodeIp(),
            mounted ? ip : Optional.empty(),
            startTime,
            initContainers.stream().map(ContainerRunner::view).toList(),
            containers.stream().map(ContainerRunner::view).toList(),
            verdict);
    PodStatus status = PodStatuses.of(view, conditions, node.clock().instant());
    if (!status.equals(reported)) {
      reported = status;
      conditions = status.getConditions();
      node.statuses().report(pod, status);
    }
  }

  private PodFields fields() {
    return new PodFields(pod, ip.orElse(""), node.nodeIp(), node.allocatable());
  }

  private VolumeContent content() {
    return new VolumeContent(
        fields(),
        new ApiNamespaceData(node.client(), pod.getMetadata().getNamespace()),
        tokens::token);
  }

  private List<ContainerRunner> runners(List<Container> specs, String waitingFor) {
    return specs.stream()
        .map(spec -> new ContainerRunner(node, directory, spec, waitingFor))
        .toList();
  }

  private Stream<ContainerRunner> all() {
    return Stream.concat(initContainers.stream(), containers.stream());
  }
}
