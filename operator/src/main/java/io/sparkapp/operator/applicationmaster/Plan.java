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

  /**
   * Whether nothing is lost when its status is written a moment later: nothing is to be done, and
   * the status differs in its sentences, its counts and the progress alone.
   *
   * @param last the status that was written last
   */
  public boolean mayWait(SparkAppStatus last) {
    if (!before.isEmpty() || !after.isEmpty() || status.equals(last)) {
      return false;
    }
    StatusDraft draft = new StatusDraft(status);
    draft.message = last.message();
    draft.executors = last.executors();
    draft.progress = last.progress();
    return Conditions.sayTheSame(last.conditions(), status.conditions())
        && draft.withConditions(last.conditions()).equals(last);
  }

  /** The same, decided again at the latest after this time. */
  public Plan lookAgainWithin(Duration time) {
    return new Plan(
        before,
        status,
        after,
        Optional.of(lookAgain.filter(it -> it.compareTo(time) < 0).orElse(time)));
  }

  /** Nothing is to be done, and the status stays. */
  static Plan nothing(SparkAppStatus status) {
    return new Plan(List.of(), status, List.of(), Optional.empty());
  }
}
