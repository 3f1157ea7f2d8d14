package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.AttemptOutcome;
import io.sparkapp.crds.PastAttempt;
import io.sparkapp.crds.RestartPolicy;
import io.sparkapp.crds.RestartSpec;
import io.sparkapp.crds.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether another attempt follows one that ended, and when. As in YARN ({@code RMAppImpl}, {@code
 * RMAppAttemptImpl}) an attempt that was taken from outside is not counted among the failures, and
 * failures older than the validity interval are forgotten; the pause that doubles is Kubernetes'.
 */
final class Restarts {

  private static final int MOST_DOUBLINGS = 30;

  private final RestartSpec spec;
  private final List<PastAttempt> history;
  private final Instant now;

  /**
   * @param history the attempts before the one that has just ended
   */
  Restarts(RestartSpec spec, List<PastAttempt> history, Instant now) {
    this.spec = spec;
    this.history = history;
    this.now = now;
  }

  /** When the next attempt starts; empty when there is none. */
  Optional<Instant> next(Ending ending) {
    if (!ending.again() || !wanted(ending.outcome()) || exhausted(ending)) {
      return Optional.empty();
    }
    return Optional.of(now.plus(pause(ending)));
  }

  /** What is to be said when there are no more attempts because too many failed. */
  Optional<String> exhaustion(Ending ending) {
    return ending.again() && wanted(ending.outcome()) && exhausted(ending)
        ? Optional.of(
            failures(ending)
                + (failures(ending) == 1 ? " attempt" : " attempts")
                + " failed, as many as restart.maxAttempts allows.")
        : Optional.empty();
  }

  private boolean wanted(AttemptOutcome outcome) {
    RestartPolicy policy = spec.policy();
    return switch (outcome) {
      case Succeeded -> policy == RestartPolicy.Always;
      case Failed -> policy == RestartPolicy.Always || policy == RestartPolicy.OnFailure;
      case Lost -> policy != RestartPolicy.Never;
      case Suspended, Changed -> false;
    };
  }

  private boolean exhausted(Ending ending) {
    return ending.outcome() == AttemptOutcome.Failed && failures(ending) >= spec.maxAttempts();
  }

  private int failures(Ending ending) {
    int before =
        (int)
            history.stream()
                .filter(past -> past.outcome() == AttemptOutcome.Failed)
                .filter(this::counts)
                .count();
    return before + (ending.outcome() == AttemptOutcome.Failed ? 1 : 0);
  }

  private boolean counts(PastAttempt past) {
    return spec.resetAfter() == null
        || Instant.parse(past.ended())
            .plus(TimeSpan.parse(spec.resetAfter()).duration())
            .isAfter(now);
  }

  private Duration pause(Ending ending) {
    Duration first = TimeSpan.parse(spec.backoff()).duration();
    Duration longest = TimeSpan.parse(spec.maxBackoff()).duration();
    if (ending.succeeded()) {
      return first;
    }
    int doublings = Math.min(inARow(), MOST_DOUBLINGS);
    Duration pause = first.multipliedBy(1L << doublings);
    return pause.compareTo(longest) < 0 ? pause : longest;
  }

  /** Attempts right before this one that ended badly, and still count. */
  private int inARow() {
    int count = 0;
    for (int i = history.size() - 1; i >= 0; i--) {
      PastAttempt past = history.get(i);
      boolean bad =
          past.outcome() == AttemptOutcome.Failed || past.outcome() == AttemptOutcome.Lost;
      if (!bad || !counts(past)) {
        return count;
      }
      count++;
    }
    return count;
  }
}
