package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** What to do with a pod that the agent sees for the first time; pure. */
enum PodStart {
  /** Nothing of it was ever started. */
  NEW,
  /** It ran under an earlier agent, whose processes are gone. */
  INTERRUPTED,
  /** Nothing of it was ever started, and its deletion has been asked for. */
  DELETED,
  /** It has already ended. */
  ENDED;

  /**
   * @param hadProcesses whether an earlier agent has left a record of a process
   */
  static PodStart of(Pod pod, boolean hadProcesses) {
    return switch (pod.getStatus().getPhase() == null ? "" : pod.getStatus().getPhase()) {
      case "Succeeded", "Failed" -> ENDED;
      case "Running" -> INTERRUPTED;
      default -> {
        if (hadProcesses) {
          yield INTERRUPTED;
        }
        yield pod.getMetadata().getDeletionTimestamp() == null ? NEW : DELETED;
      }
    };
  }

  /** Why this node can't run the pod at all. */
  static Optional<PodView.Verdict> refusal(Pod pod) {
    String policy = pod.getSpec().getRestartPolicy();
    if (policy != null && !policy.equals("Never")) {
      return Optional.of(
          new PodView.Verdict(
              "UnsupportedRestartPolicy",
              "this node runs each container once: restartPolicy is %s, set it to Never"
                  .formatted(policy)));
    }
    boolean sidecar =
        pod.getSpec().getInitContainers().stream()
            .anyMatch(container -> container.getRestartPolicy() != null);
    return sidecar
        ? Optional.of(
            new PodView.Verdict(
                "UnsupportedSidecar",
                "this node has no sidecars: remove restartPolicy from the init containers"))
        : Optional.empty();
  }
}
