package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkAppStatus.DriverStatus;
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

  /** How long a status may be kept back, so that one write tells what came in the meantime. */
  public enum Urgency {
    /** Something has happened that others wait for. */
    AtOnce,
    /** Its pods are as others should see them soon. */
    Medium,
    /** The driver has come further, which it will have again in a moment. */
    Low
  }

  public Plan {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /**
   * How urgent its status is. Nothing is lost when it is written a moment later if nothing is to be
   * done, and it differs in its sentences, its counts, the driver's address and the progress alone.
   *
   * @param last the status that was written last
   */
  public Urgency urgency(SparkAppStatus last) {
    if (!before.isEmpty() || !after.isEmpty() || status.equals(last)) {
      return Urgency.AtOnce;
    }
    StatusDraft draft = new StatusDraft(status);
    draft.message = last.message();
    draft.executors = last.executors();
    draft.progress = last.progress();
    draft.driver = withAddressOf(last.driver());
    boolean news =
        Conditions.sayTheSame(last.conditions(), status.conditions())
            && draft.withConditions(last.conditions()).equals(last);
    if (!news) {
      return Urgency.AtOnce;
    }
    // Executors that nobody asks for any more are on their way out.
    boolean counts = status.executors() != null && status.executors().asked() > 0;
    return counts && !status.executors().equals(last.executors()) ? Urgency.Medium : Urgency.Low;
  }

  private DriverStatus withAddressOf(DriverStatus last) {
    DriverStatus driver = status.driver();
    return driver == null || last == null
        ? driver
        : new DriverStatus(
            driver.pod(), last.address(), driver.exitCode(), driver.log(), driver.connect());
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
