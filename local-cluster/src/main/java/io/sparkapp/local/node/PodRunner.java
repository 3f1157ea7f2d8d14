package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one pod from the moment it is bound to the node until its object is gone. All its steps run
 * one after the other; none of them waits.
 */
final class PodRunner {
  private static final Logger LOG = LoggerFactory.getLogger(PodRunner.class);
  private static final Duration REFRESH = Duration.ofSeconds(60);
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);
  private static final BackOff RETRY = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(10));
  static final String INTERRUPTED =
      "The node agent was restarted, which ended the processes of this pod.";

  private final NodeServices node;
  private final SerialExecutor serial;
  private final PodDirectory directory;
  private final PodFiles files;
  private final PodReport reports;
  private final PodContainers containers;
  private final Instant startTime;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private Pod pod;
  private Optional<String> ip = Optional.empty();
  private Optional<PodView.Verdict> verdict = Optional.empty();
  private BackOff mountRetry = RETRY;
  private boolean stopping;
  private boolean finished;
  private boolean gone;
  private Optional<Instant> killAt = Optional.empty();
  private Optional<Future<?>> killTimer = Optional.empty();

  PodRunner(NodeServices node, Pod pod) {
    this.node = node;
    this.pod = pod;
    this.serial = new SerialExecutor(node.workers());
    this.directory = PodDirectory.of(node.pods(), pod.getMetadata().getUid());
    this.files = new PodFiles(node, directory, pod);
    this.reports = new PodReport(node, pod);
    this.startTime =
        Optional.ofNullable(pod.getStatus().getStartTime())
            .map(Instant::parse)
            .orElseGet(() -> node.clock().instant());
    this.containers = PodContainers.of(node, directory, pod);
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
            case DELETED -> {} // Nothing is started that would be ended at once.
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
          if (!over()) {
            files.refresh(fields(), false);
          }
        });
  }

  /** The object is gone: so are the processes and the files. */
  void gone() {
    serial.execute(
        () -> {
          gone = true;
          stopping = true;
          reports.mute();
          containers.kill();
          if (containers.nothingRuns()) {
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
          reports.mute();
          if (finished) {
            ended.complete(null);
          } else {
            stop(grace);
          }
        });
    return ended;
  }

  /** The log of a container that this agent has started, to be followed. */
  Optional<ContainerLog> liveLog(String container) {
    return containers.find(container).flatMap(ContainerRunner::log);
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
    if (over()) {
      return;
    }
    ip = ip.or(() -> Optional.of(node.ips().allocate()));
    if (files.prepare(fields())) {
      node.timers().after(REFRESH, serial, this::refreshAgain);
      startNext();
    } else {
      node.timers().after(mountRetry.next(), serial, this::mount);
      mountRetry = mountRetry.doubled();
    }
  }

  private void startNext() {
    containers.next().forEach(this::start);
    report();
  }

  private void start(ContainerRunner container) {
    if (over() || !container.waiting()) {
      return;
    }
    Optional<Duration> retry;
    try {
      retry =
          container.start(
              fields(), files.volumes(), code -> serial.execute(() -> ended(container, code)));
    } catch (KubernetesClientException e) {
      LOG.warn("Container {} is started later: {}", container.name(), e.getMessage());
      retry = Optional.of(RETRY.next());
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
    if (containers.nothingRuns() && (containers.done() || stopping)) {
      finish();
    } else if (containers.init().contains(container)) {
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
      reports.deleteObject(pod);
    } else {
      stop(seconds(pod.getMetadata().getDeletionGracePeriodSeconds()));
    }
  }

  private void overdue() {
    if (!over()) {
      verdict =
          Optional.of(
              new PodView.Verdict(
                  "DeadlineExceeded",
                  "Pod was active on the node longer than the specified deadline"));
      stop(seconds(pod.getSpec().getTerminationGracePeriodSeconds()));
    }
  }

  /** Asks all processes to end and kills them after the grace; a later, shorter grace counts. */
  private void stop(Duration grace) {
    if (!stopping) {
      stopping = true;
      containers.terminate(pod);
    }
    if (containers.nothingRuns()) {
      finish();
      return;
    }
    Instant end = node.clock().instant().plus(grace);
    if (killAt.isEmpty() || end.isBefore(killAt.get())) {
      killTimer.ifPresent(timer -> timer.cancel(false));
      killAt = Optional.of(end);
      killTimer = Optional.of(node.timers().after(grace, serial, containers::kill));
    }
  }

  private void fail(PodView.Verdict why) {
    verdict = Optional.of(why);
    finish();
  }

  private void takeOver() {
    containers.takeOver(pod, INTERRUPTED);
    fail(new PodView.Verdict("NodeAgentRestarted", INTERRUPTED));
  }

  /** Nothing of the pod runs any more, and nothing will. */
  private void finish() {
    report();
    finished = true;
    killTimer.ifPresent(timer -> timer.cancel(false));
    ip.ifPresent(node.ips()::release);
    ip = Optional.empty();
    if (gone) {
      files.delete();
    } else {
      files.deleteVolumes();
    }
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      reports.deleteObject(pod);
    }
    ended.complete(null);
  }

  private void refreshAgain() {
    if (!over()) {
      files.refresh(fields(), true);
      node.timers().after(REFRESH, serial, this::refreshAgain);
    }
  }

  private void report() {
    if (!finished) {
      reports.report(
          pod,
          new PodView(
              node.nodeIp(),
              files.prepared() ? ip : Optional.empty(),
              startTime,
              containers.initViews(),
              containers.mainViews(),
              verdict));
    }
  }

  private PodFields fields() {
    return new PodFields(pod, ip.orElse(""), node.nodeIp(), node.allocatable());
  }

  private boolean over() {
    return stopping || finished;
  }

  private static Duration seconds(Long grace) {
    return grace == null ? DEFAULT_GRACE : Duration.ofSeconds(grace);
  }
}
