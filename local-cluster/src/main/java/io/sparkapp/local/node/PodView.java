package io.sparkapp.local.node;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the agent knows of a pod; {@link PodStatuses} makes the API's status of it.
 *
 * @param podIp empty before the pod's processes may be reached
 * @param verdict why the pod failed as a whole, whatever its containers do
 */
record PodView(
    String hostIp,
    Optional<String> podIp,
    Instant startTime,
    List<ContainerView> initContainers,
    List<ContainerView> containers,
    Optional<Verdict> verdict) {

  /** The end of a pod that its containers did not choose. */
  record Verdict(String reason, String message) {}

  boolean initialized() {
    return initContainers.stream().allMatch(ContainerView::succeeded);
  }

  String phase() {
    if (verdict.isPresent()) {
      return "Failed";
    }
    if (!initialized()) {
      return initContainers.stream().anyMatch(c -> c.terminated() && !c.succeeded())
          ? "Failed"
          : "Pending";
    }
    if (containers.stream().allMatch(ContainerView::terminated)) {
      return containers.stream().allMatch(ContainerView::succeeded) ? "Succeeded" : "Failed";
    }
    return containers.stream().anyMatch(c -> c.phase() instanceof ContainerPhase.Waiting)
        ? "Pending"
        : "Running";
  }
}
