package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.PodCondition;
import io.sparkapp.crds.EndCause;
import java.util.Optional;

/**
 * Why a pod had to leave its node when neither the application nor a plain deletion is the cause:
 * read from the pod's condition {@code DisruptionTarget}, or from the reason that a kubelet gave.
 *
 * @param cause one of Evicted, Preempted and NodeLost
 * @param words what happened, without subject and without full stop
 */
record Disruption(EndCause cause, String words) {

  static Optional<Disruption> of(PodReading reading) {
    return reading
        .condition("DisruptionTarget")
        .filter(condition -> "True".equals(condition.getStatus()))
        .map(PodCondition::getReason)
        .or(reading::reason)
        .flatMap(reason -> of(reason, reading));
  }

  private static Optional<Disruption> of(String reason, PodReading reading) {
    String because = " (" + reason + ")" + reading.statusMessage();
    String node = reading.node() + because;
    return Optional.ofNullable(
        switch (reason) {
          case "PreemptionByScheduler", "Preempting" ->
              new Disruption(EndCause.Preempted, "made room for a more important pod on " + node);
          case "EvictionByEvictionAPI", "TerminationByKubelet", "Evicted" ->
              new Disruption(EndCause.Evicted, "was evicted from " + node);
          case "DeletionByTaintManager", "DeletionByPodGC", "NodeLost" ->
              new Disruption(EndCause.NodeLost, "was lost with " + node);
          case "NodeShutdown", "Terminated", "Shutdown" ->
              new Disruption(EndCause.NodeLost, "was ended by the shutdown of " + node);
          default -> null;
        });
  }
}
