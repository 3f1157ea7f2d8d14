package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Optional;

/**
 * What there is to tell of an executor to somebody who looks.
 *
 * @param attempt the attempt that it belongs to
 * @param id Spark's executor id
 * @param profile its ResourceProfile; null when that is not known any more
 * @param pod its pod's name
 * @param node where it runs; null while it has no node
 * @param state Pending, Running or Ended
 * @param created when its pod was made, RFC 3339; null when that is not known any more
 * @param started when its container started; null before, and when that is not known any more
 * @param ended when it ended; null before, and when that is not known any more
 * @param sentence why it does not run yet, or why it ended; empty while it runs
 */
public record ExecutorReport(
    int attempt,
    int id,
    Integer profile,
    String pod,
    String node,
    State state,
    String created,
    String started,
    String ended,
    String sentence) {

  /** How far an executor is. */
  public enum State {
    Pending,
    Running,
    Ended
  }

  /** Of a pod that is there. */
  public static ExecutorReport of(Pod pod, Instant now) {
    ExecutorPodView view = ExecutorPodView.of(pod, now);
    PodReading reading = new PodReading(pod, Names.EXECUTOR);
    Optional<ContainerStateTerminated> end = reading.terminated();
    String ended =
        view.ended() ? end.map(ContainerStateTerminated::getFinishedAt).orElse(null) : null;
    String started =
        end.map(ContainerStateTerminated::getStartedAt)
            .or(() -> reading.runningSince())
            .orElse(null);
    if (view.state() instanceof ExecutorState.Ended told) {
      return report(pod, view, State.Ended, started, ended, told.sentence());
    }
    return view.state() instanceof ExecutorState.Pending pending
        ? report(pod, view, State.Pending, null, null, sentence(view, pending))
        : report(pod, view, State.Running, started, null, "");
  }

  /** Of a pod that is there no more. */
  public static ExecutorReport gone(Pod last, Instant now) {
    ExecutorReport before = of(last, now);
    String why =
        before.sentence.isEmpty() || before.state == State.Pending
            ? ExecutorEnd.of(new PodReading(last, Names.EXECUTOR), before.id).sentence()
            : before.sentence;
    String when = before.ended == null ? now.toString() : before.ended;
    return new ExecutorReport(
        before.attempt,
        before.id,
        before.profile,
        before.pod,
        before.node,
        State.Ended,
        before.created,
        before.started,
        when,
        why);
  }

  /**
   * Of one that nobody here saw, as far as its end was written down.
   *
   * @param ended when it ended, RFC 3339; empty when that was not written down
   */
  public static ExecutorReport written(
      Names names, int id, Optional<String> ended, String sentence) {
    return new ExecutorReport(
        names.attempt(),
        id,
        null,
        names.executorPod(id),
        null,
        State.Ended,
        null,
        null,
        ended.orElse(null),
        sentence);
  }

  private static String sentence(ExecutorPodView view, ExecutorState.Pending pending) {
    return "Executor " + view.id() + " does not run yet: " + pending.waiting().sentence() + ".";
  }

  private static ExecutorReport report(
      Pod pod, ExecutorPodView view, State state, String started, String ended, String sentence) {
    return new ExecutorReport(
        Integer.parseInt(pod.getMetadata().getLabels().get(Names.ATTEMPT)),
        view.id(),
        view.profile(),
        view.pod(),
        pod.getSpec().getNodeName(),
        state,
        pod.getMetadata().getCreationTimestamp(),
        started,
        ended,
        sentence);
  }

  /** Since when a container of a pod's status runs. */
  static Optional<String> runningSince(ContainerState state) {
    return Optional.ofNullable(state)
        .map(ContainerState::getRunning)
        .map(running -> running.getStartedAt());
  }
}
