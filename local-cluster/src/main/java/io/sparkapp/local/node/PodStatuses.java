package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HostIPBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIPBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a pod's status as a kubelet writes it; pure. */
final class PodStatuses {
  private PodStatuses() {}

  /**
   * @param before the conditions reported last: one that stays as it was keeps its transition time
   */
  static PodStatus of(PodView pod, List<PodCondition> before, Instant now) {
    PodStatusBuilder status =
        new PodStatusBuilder()
            .withPhase(pod.phase())
            .withHostIP(pod.hostIp())
            .withHostIPs(new HostIPBuilder().withIp(pod.hostIp()).build())
            .withStartTime(seconds(pod.startTime()))
            .withConditions(conditions(pod, before, now))
            .withInitContainerStatuses(
                pod.initContainers().stream().map(view -> status(view, true)).toList())
            .withContainerStatuses(
                pod.containers().stream().map(view -> status(view, false)).toList());
    pod.podIp()
        .ifPresent(ip -> status.withPodIP(ip).withPodIPs(new PodIPBuilder().withIp(ip).build()));
    pod.verdict()
        .ifPresent(verdict -> status.withReason(verdict.reason()).withMessage(verdict.message()));
    return status.build();
  }

  private static List<PodCondition> conditions(
      PodView pod, List<PodCondition> before, Instant now) {
    String phase = pod.phase();
    String notReady =
        switch (phase) {
          case "Succeeded" -> "PodCompleted";
          case "Failed" -> "PodFailed";
          default -> "ContainersNotReady";
        };
    boolean ready = phase.equals("Running") && unready(pod.containers()).isEmpty();
    boolean initialized = pod.initialized();
    String waitingFor = "containers with unready status: " + unready(pod.containers());
    String initializing = "containers with incomplete status: " + incomplete(pod.initContainers());
    return Stream.of(
            condition("PodScheduled", true, null, null),
            condition(
                "Initialized",
                initialized,
                initialized ? null : "ContainersNotInitialized",
                initialized ? null : initializing),
            condition("ContainersReady", ready, ready ? null : notReady, ready ? null : waitingFor),
            condition("Ready", ready, ready ? null : notReady, ready ? null : waitingFor))
        .map(condition -> withTransition(condition, before, now))
        .toList();
  }

  private static String unready(List<ContainerView> containers) {
    return names(containers.stream().filter(view -> !view.running()));
  }

  private static String incomplete(List<ContainerView> containers) {
    return names(containers.stream().filter(view -> !view.succeeded()));
  }

  private static String names(Stream<ContainerView> containers) {
    String names = containers.map(ContainerView::name).collect(Collectors.joining(" "));
    return names.isEmpty() ? "" : "[" + names + "]";
  }

  private static PodCondition condition(String type, boolean holds, String reason, String message) {
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(holds ? "True" : "False")
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  private static PodCondition withTransition(
      PodCondition condition, List<PodCondition> before, Instant now) {
    Optional<String> unchangedSince =
        before.stream()
            .filter(old -> old.getType().equals(condition.getType()))
            .filter(old -> old.getStatus().equals(condition.getStatus()))
            .map(PodCondition::getLastTransitionTime)
            .filter(time -> time != null)
            .findFirst();
    condition.setLastTransitionTime(unchangedSince.orElse(seconds(now)));
    return condition;
  }

  private static ContainerStatus status(ContainerView view, boolean init) {
    return new ContainerStatusBuilder()
        .withName(view.name())
        .withImage(view.image())
        .withImageID(view.imageId())
        .withContainerID(view.containerId().isEmpty() ? null : view.containerId())
        .withReady(init ? view.succeeded() : view.running())
        .withStarted(view.running())
        .withRestartCount(0)
        .withState(state(view))
        .build();
  }

  private static ContainerState state(ContainerView view) {
    ContainerStateBuilder state = new ContainerStateBuilder();
    if (view.phase() instanceof ContainerPhase.Waiting waiting) {
      return state.withNewWaiting(emptyToNull(waiting.message()), waiting.reason()).build();
    }
    if (view.phase() instanceof ContainerPhase.Running running) {
      return state.withNewRunning(seconds(running.startedAt())).build();
    }
    ContainerPhase.Terminated end = (ContainerPhase.Terminated) view.phase();
    return state
        .withNewTerminated()
        .withExitCode(end.exitCode())
        .withReason(end.reason())
        .withMessage(emptyToNull(end.message()))
        .withStartedAt(seconds(end.startedAt()))
        .withFinishedAt(seconds(end.finishedAt()))
        .withContainerID(emptyToNull(view.containerId()))
        .endTerminated()
        .build();
  }

  private static String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** The API's times have seconds. */
  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
