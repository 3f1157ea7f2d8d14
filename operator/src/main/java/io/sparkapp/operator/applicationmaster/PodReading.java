package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what a pod's status says about its one container of ours. Phases alone hide most of what
 * users need to know, so conditions and waiting reasons are read too.
 */
record PodReading(Pod pod, String container) {

  /** How long a kubelet may try again before what holds the container up counts as lasting. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Higher ones stand for signals. */
  private static final int LAST_OWN_EXIT_CODE = 128;

  private static final Set<String> NEVER_MENDS = Set.of("InvalidImageName", "ErrImageNeverPull");
  private static final Set<String> SELDOM_MENDS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  String name() {
    return pod.getMetadata().getName();
  }

  String phase() {
    return pod.getStatus() == null || pod.getStatus().getPhase() == null
        ? "Pending"
        : pod.getStatus().getPhase();
  }

  /**
   * Whether our container will not run again. A kubelet reports the end of a container a second
   * before that of its pod; only of one that was killed the pod alone knows why.
   */
  boolean ended() {
    return phase().equals("Failed")
        || phase().equals("Succeeded")
        || terminated().map(end -> end.getExitCode() <= LAST_OWN_EXIT_CODE).orElse(false);
  }

  /** Whether our container runs, or has just been killed and its pod does not say yet why. */
  boolean running() {
    return !ended()
        && containerStatus()
            .map(ContainerStatus::getState)
            .filter(state -> state.getRunning() != null || state.getTerminated() != null)
            .isPresent();
  }

  /**
   * When a pod that is on its way out ought to be gone, with some time for its kubelet to say so.
   * One that is not gone then has no kubelet that could: its node is lost.
   */
  Optional<Instant> overdueFrom() {
    return Optional.ofNullable(pod.getMetadata().getDeletionTimestamp())
        .map(due -> Instant.parse(due).plus(PATIENCE));
  }

  boolean beingDeleted() {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  Optional<String> address() {
    return pod.getStatus() == null
        ? Optional.empty()
        : Optional.ofNullable(pod.getStatus().getPodIP()).filter(ip -> !ip.isEmpty());
  }

  Optional<String> reason() {
    return pod.getStatus() == null
        ? Optional.empty()
        : Optional.ofNullable(pod.getStatus().getReason());
  }

  String statusMessage() {
    String message = pod.getStatus() == null ? null : pod.getStatus().getMessage();
    return message == null || message.isBlank() ? "" : ": " + withoutFullStop(message);
  }

  /** Sentences of ours go on, or end with a full stop of their own. */
  private static String withoutFullStop(String message) {
    return message.strip().replaceAll("\\.+$", "");
  }

  Optional<ContainerStateTerminated> terminated() {
    return containerStatus()
        .map(ContainerStatus::getState)
        .map(state -> state == null ? null : state.getTerminated());
  }

  /** When our container started, if it runs. */
  Optional<String> runningSince() {
    return containerStatus().map(ContainerStatus::getState).flatMap(ExecutorReport::runningSince);
  }

  Optional<PodCondition> condition(String type) {
    return pod.getStatus() == null || pod.getStatus().getConditions() == null
        ? Optional.empty()
        : pod.getStatus().getConditions().stream()
            .filter(condition -> type.equals(condition.getType()))
            .findFirst();
  }

  /** The limit that the container was held to, as the user would write it. */
  String memoryLimit() {
    return pod.getSpec().getContainers().stream()
        .filter(each -> container.equals(each.getName()))
        .map(each -> each.getResources() == null ? null : each.getResources().getLimits())
        .filter(Objects::nonNull)
        .map(limits -> limits.get("memory"))
        .filter(Objects::nonNull)
        .map(Quantity::toString)
        .findFirst()
        .orElse("its node's memory");
  }

  String node() {
    String node = pod.getSpec().getNodeName();
    return node == null ? "an unknown node" : "node " + node;
  }

  /** What keeps the container from running. */
  Waiting waiting(Instant now) {
    Optional<PodCondition> scheduled = condition("PodScheduled");
    if (scheduled.isPresent() && "False".equals(scheduled.get().getStatus())) {
      if ("SchedulingGated".equals(scheduled.get().getReason())) {
        return Waiting.patiently("it is held back by " + gates());
      }
      String message = scheduled.get().getMessage();
      return Waiting.patiently(
          "no node takes it" + (message == null ? "" : ": " + withoutFullStop(message)));
    }
    Optional<ContainerStateWaiting> waiting =
        statuses()
            .map(ContainerStatus::getState)
            .filter(state -> state != null && state.getWaiting() != null)
            .map(state -> state.getWaiting())
            .filter(state -> state.getReason() != null)
            .filter(
                state ->
                    !Set.of("PodInitializing", "ContainerCreating").contains(state.getReason()))
            .findFirst();
    if (waiting.isEmpty()) {
      return Waiting.patiently(
          pod.getSpec().getNodeName() == null ? "it waits for a node" : "its container starts");
    }
    String reason = waiting.get().getReason();
    String message =
        waiting.get().getMessage() == null ? "" : " (" + waiting.get().getMessage() + ")";
    String sentence = explain(reason) + message;
    if (NEVER_MENDS.contains(reason)) {
      return new Waiting(sentence, Optional.of(now));
    }
    return SELDOM_MENDS.contains(reason)
        ? new Waiting(sentence, Optional.of(since(now).plus(PATIENCE)))
        : Waiting.patiently(sentence);
  }

  /** Who holds a pod back is told by the names of its gates only. */
  private String gates() {
    String names =
        Optional.ofNullable(pod.getSpec().getSchedulingGates()).stream()
            .flatMap(List::stream)
            .map(PodSchedulingGate::getName)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "a scheduling gate" : "the scheduling gate " + names;
  }

  private String explain(String reason) {
    return switch (reason) {
      case "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName" ->
          "its image " + image() + " can not be pulled: " + reason;
      case "CreateContainerConfigError" -> "its container refers to something that is not there";
      default -> "its container can not be created: " + reason;
    };
  }

  String image() {
    return pod.getSpec().getContainers().stream()
        .filter(each -> container.equals(each.getName()))
        .map(each -> each.getImage())
        .findFirst()
        .orElse("");
  }

  private Instant since(Instant now) {
    String start = pod.getStatus() == null ? null : pod.getStatus().getStartTime();
    return start == null ? now : Instant.parse(start);
  }

  /** An init container that failed, and with it the pod: its name and exit code, as words. */
  Optional<String> failedInitContainer() {
    return Optional.ofNullable(pod.getStatus()).map(PodStatus::getInitContainerStatuses).stream()
        .flatMap(List::stream)
        .filter(status -> status.getState() != null && status.getState().getTerminated() != null)
        .filter(status -> status.getState().getTerminated().getExitCode() != 0)
        .map(
            status ->
                "init container "
                    + status.getName()
                    + " ended with exit code "
                    + status.getState().getTerminated().getExitCode())
        .findFirst();
  }

  Optional<ContainerStatus> containerStatus() {
    return statuses().filter(status -> container.equals(status.getName())).findFirst();
  }

  private Stream<ContainerStatus> statuses() {
    if (pod.getStatus() == null) {
      return Stream.empty();
    }
    return Stream.of(
            pod.getStatus().getInitContainerStatuses(), pod.getStatus().getContainerStatuses())
        .filter(Objects::nonNull)
        .flatMap(List::stream);
  }

  /**
   * Why a container does not run yet.
   *
   * @param sentence what a user reads, without subject
   * @param hopelessFrom from when on waiting longer makes no sense; empty when it may always mend
   */
  record Waiting(String sentence, Optional<Instant> hopelessFrom) {

    static Waiting patiently(String sentence) {
      return new Waiting(sentence, Optional.empty());
    }

    boolean hopeless(Instant now) {
      return hopelessFrom.map(from -> !now.isBefore(from)).orElse(false);
    }
  }
}
