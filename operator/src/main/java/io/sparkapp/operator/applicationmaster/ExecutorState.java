package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.EndCause;
import io.sparkapp.operator.applicationmaster.PodReading.Waiting;
import java.util.Optional;

/** One executor as its pod shows it. */
sealed interface ExecutorState {

  /** The container does not run yet. */
  record Pending(Waiting waiting) implements ExecutorState {}

  /** The container runs. */
  record Running() implements ExecutorState {}

  /**
   * The executor ended.
   *
   * @param exitCode empty when no process ever told one
   * @param cause what ended it
   * @param applicationAtFault whether its tasks count as failed by the application
   * @param sentence what happened, with advice where there is any
   */
  record Ended(
      Optional<Integer> exitCode, EndCause cause, boolean applicationAtFault, String sentence)
      implements ExecutorState {}
}
