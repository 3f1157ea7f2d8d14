package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One executor pod of the current attempt.
 *
 * @param id the executor
 * @param profile its ResourceProfile
 * @param pod its pod's name
 * @param state how it goes
 * @param leaving what will have ended it, when its pod is on its way out
 * @param driverAddress what it was told about its driver
 */
record ExecutorPodView(
    int id,
    int profile,
    String pod,
    ExecutorState state,
    Optional<ExecutorState.Ended> leaving,
    Optional<String> driverAddress) {

  static List<ExecutorPodView> allOf(Observed observed) {
    return observed.executors().stream().map(pod -> of(pod, observed.now())).toList();
  }

  static ExecutorPodView of(Pod pod, Instant now) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    PodReading reading = new PodReading(pod, Names.EXECUTOR);
    int id = Integer.parseInt(labels.get(Names.EXECUTOR_ID));
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    return new ExecutorPodView(
        id,
        Integer.parseInt(labels.get(Names.PROFILE)),
        reading.name(),
        state(reading, id, now),
        reading.beingDeleted() ? Optional.of(ExecutorEnd.of(reading, id)) : Optional.empty(),
        Optional.ofNullable(annotations == null ? null : annotations.get(Names.DRIVER_ADDRESS)));
  }

  private static ExecutorState state(PodReading reading, int id, Instant now) {
    if (reading.ended()) {
      return ExecutorEnd.of(reading, id);
    }
    return reading.running()
        ? new ExecutorState.Running()
        : new ExecutorState.Pending(reading.waiting(now));
  }

  boolean beingDeleted() {
    return leaving.isPresent();
  }

  boolean running() {
    return state instanceof ExecutorState.Running;
  }

  boolean pending() {
    return state instanceof ExecutorState.Pending;
  }

  boolean ended() {
    return state instanceof ExecutorState.Ended;
  }
}
