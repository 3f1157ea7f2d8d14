package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.Condition;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Estimates how long the work that the driver knows of will take, as if its tasks were all alike.
 * Jobs that the program has not begun yet are known to nobody.
 */
final class TimeLeft {

  private static final int LEAST_PERCENT = 5;
  private static final Duration LEAST_SEEN = Duration.ofSeconds(10);

  private TimeLeft() {}

  /** Empty as long as too little is done to tell, and when all is. */
  static Optional<Duration> of(SparkAppStatus status, Instant now) {
    Progress progress = status.progress();
    if (status.phase() != Phase.Running || progress == null || progress.tasks() == null) {
      return Optional.empty();
    }
    long done = progress.tasks().done();
    long total = progress.tasks().total();
    Optional<Duration> runs = since(status).map(start -> Duration.between(start, now));
    boolean known = done > 0 && done < total && done * 100 >= total * LEAST_PERCENT;
    return runs.filter(so -> known && so.compareTo(LEAST_SEEN) >= 0)
        .map(so -> Duration.ofMillis(so.toMillis() / done * (total - done)));
  }

  /** Since its driver runs; the time before says nothing of its tasks. */
  private static Optional<Instant> since(SparkAppStatus status) {
    List<Condition> conditions = status.conditions() == null ? List.of() : status.conditions();
    return conditions.stream()
        .filter(condition -> condition.getType().equals("DriverRunning"))
        .filter(condition -> "True".equals(condition.getStatus()))
        .map(Condition::getLastTransitionTime)
        .findFirst()
        .or(() -> Optional.ofNullable(status.attemptStarted()))
        .map(text -> OffsetDateTime.parse(text).toInstant());
  }
}
