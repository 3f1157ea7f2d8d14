package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.AttemptOutcome;
import java.util.List;
import java.util.Optional;

/**
 * How an attempt came to its end.
 *
 * @param outcome Succeeded, Failed or Lost
 * @param again whether another attempt could end otherwise
 * @param sentence why it ended so
 * @param exitCode as Spark on YARN gives them; empty when no process ever told one
 * @param log the last lines that the driver printed, when it failed and told them
 */
record Ending(
    AttemptOutcome outcome,
    boolean again,
    String sentence,
    Optional<Integer> exitCode,
    List<String> log) {

  Ending {
    log = List.copyOf(log);
  }

  static Ending succeeded(String sentence) {
    return new Ending(AttemptOutcome.Succeeded, true, sentence, Optional.of(0), List.of());
  }

  static Ending failed(String sentence, Optional<Integer> exitCode) {
    return new Ending(AttemptOutcome.Failed, true, sentence, exitCode, List.of());
  }

  /** It failed, and would again, or is not wanted any more. */
  static Ending forGood(String sentence) {
    return new Ending(AttemptOutcome.Failed, false, sentence, Optional.empty(), List.of());
  }

  static Ending lost(String sentence, Optional<Integer> exitCode) {
    return new Ending(AttemptOutcome.Lost, true, sentence, exitCode, List.of());
  }

  /** With the last lines of the driver's log. */
  Ending after(List<String> lines) {
    return new Ending(outcome, again, sentence, exitCode, lines);
  }

  boolean succeeded() {
    return outcome == AttemptOutcome.Succeeded;
  }
}
