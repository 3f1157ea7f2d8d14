package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a decision wants done.
 *
 * @param before carried out first, in order
 * @param status what the application's status is to say then
 * @param after carried out once the status is written: what the user need not wait for
 * @param lookAgain when to decide again although nothing has happened
 */
public record Plan(
    List<Action> before, SparkAppStatus status, List<Action> after, Optional<Duration> lookAgain) {

  public Plan {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Nothing is to be done, and the status stays. */
  static Plan nothing(SparkAppStatus status) {
    return new Plan(List.of(), status, List.of(), Optional.empty());
  }
}
