package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import java.time.Instant;
import java.util.List;

/** What kubelets write into pods, and the scheduler and those who drain nodes. */
final class FakeKubelet {

  private final StoredObjects stored;

  FakeKubelet(StoredObjects stored) {
    this.stored = stored;
  }

  void isBound(String pod, String node) {
    stored.edit(pod, each -> each.editSpec().withNodeName(node).endSpec());
  }

  void hasAddress(String pod, String ip) {
    stored.edit(pod, each -> each.editOrNewStatus().withPhase("Pending").withPodIP(ip).endStatus());
  }

  void runs(String pod, String container, String ip) {
    stored.edit(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase("Running")
                .withPodIP(ip)
                .withContainerStatuses(
                    new ContainerStatusBuilder()
                        .withName(container)
                        .withNewState()
                        .withNewRunning(null)
                        .endState()
                        .build())
                .endStatus());
  }

  void ends(String pod, String container, int exitCode, String reason, String message) {
    stored.edit(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                .withContainerStatuses(
                    new ContainerStatusBuilder()
                        .withName(container)
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(exitCode)
                        .withReason(reason)
                        .withMessage(message)
                        .endTerminated()
                        .endState()
                        .build())
                .endStatus());
  }

  /** A kubelet reports the end of a container a moment before that of its pod. */
  void containerIsKilled(String pod, String container) {
    stored.edit(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase("Running")
                .withContainerStatuses(
                    new ContainerStatusBuilder()
                        .withName(container)
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(137)
                        .endTerminated()
                        .endState()
                        .build())
                .endStatus());
  }

  void initContainerFails(String pod) {
    stored.edit(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase("Failed")
                .withInitContainerStatuses(
                    new ContainerStatusBuilder()
                        .withName("fetch")
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(2)
                        .endTerminated()
                        .endState()
                        .build())
                .endStatus());
  }

  void evicts(String pod, String message) {
    stored.edit(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase("Failed")
                .withReason("Evicted")
                .withMessage(message)
                .withContainerStatuses(List.of())
                .endStatus());
  }

  /** The first that a drain does to a pod: its container still runs. */
  void isDrained(String pod, Instant now) {
    stored.edit(
        pod,
        each ->
            each.editMetadata()
                .withDeletionTimestamp(now.toString())
                .endMetadata()
                .editOrNewStatus()
                .addNewCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .withReason("EvictionByEvictionAPI")
                .endCondition()
                .endStatus());
  }

  void waits(String pod, String container, String reason, String message, Instant now) {
    stored.edit(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase("Pending")
                .withStartTime(now.toString())
                .withContainerStatuses(
                    new ContainerStatusBuilder()
                        .withName(container)
                        .withNewState()
                        .withNewWaiting(message, reason)
                        .endState()
                        .build())
                .endStatus());
  }

  void isUnschedulable(String pod, String message) {
    stored.edit(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage(message)
                .endCondition()
                .endStatus());
  }
}
