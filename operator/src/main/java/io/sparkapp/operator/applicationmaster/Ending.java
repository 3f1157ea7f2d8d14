package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.AttemptOutcome;
import java.util.Optional;

/**
 * How an attempt came to its end.
 *
 * @param outcome Succeeded, Failed or Lost
 * @param again whether another attempt could end otherwise
 * @param sentence why it ended so
 * @param exitCode as Spark on YARN gives them; empty when no process ever told one
 */
record Ending(AttemptOutcome outcome, boolean again, String sentence, Optional<Integer> exitCode) {

  static Ending failed(String sentence, Optional<Integer> exitCode) {
    return new Ending(AttemptOutcome.Failed, true, sentence, exitCode);
  }

  /** It failed, and would again, or is not wanted any more. */
  static Ending forGood(String sentence) {
    return new Ending(AttemptOutcome.Failed, false, sentence, Optional.empty());
  }

  static Ending lost(String sentence, Optional<Integer> exitCode) {
    return new Ending(AttemptOutcome.Lost, true, sentence, exitCode);
  }

  boolean succeeded() {
    return outcome == AttemptOutcome.Succeeded;
  }
}
