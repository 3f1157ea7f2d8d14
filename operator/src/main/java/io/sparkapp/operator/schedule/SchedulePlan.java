package io.sparkapp.operator.schedule;

import io.sparkapp.crds.ScheduledSparkAppStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a decision wants done.
 *
 * @param before carried out first, in order
 * @param status what the schedule's status is to say then
 * @param after carried out once the status is written, which remembers what these take away
 * @param lookAgain when to decide again although nothing has happened
 */
public record SchedulePlan(
    List<ScheduleAction> before,
    ScheduledSparkAppStatus status,
    List<ScheduleAction> after,
    Optional<Duration> lookAgain) {

  public SchedulePlan {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Nothing is to be done, and the status stays. */
  static SchedulePlan nothing(ScheduledSparkAppStatus status) {
    return new SchedulePlan(List.of(), status, List.of(), Optional.empty());
  }
}
