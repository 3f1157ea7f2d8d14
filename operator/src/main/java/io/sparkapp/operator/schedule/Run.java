package io.sparkapp.operator.schedule;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A run that was started.
 *
 * @param app its SparkApp
 * @param time the time it was scheduled for
 */
record Run(SparkApp app, Instant time) {

  private static final int SECONDS_OF_A_MINUTE = 60;

  /**
   * The name of the SparkApp of a run, as a CronJob names its Jobs: the time is minutes since 1970.
   * Whoever creates a run again, after a kill in between, so creates the same.
   */
  static String name(ScheduledSparkApp schedule, Instant time) {
    return schedule.getMetadata().getName() + "-" + time.getEpochSecond() / SECONDS_OF_A_MINUTE;
  }

  /** Reads the time in its name; empty for a SparkApp that is no run of this schedule. */
  static Optional<Run> of(ScheduledSparkApp schedule, SparkApp app) {
    String prefix = schedule.getMetadata().getName() + "-";
    String name = app.getMetadata().getName();
    boolean owned =
        app.getMetadata().getOwnerReferences().stream()
            .anyMatch(owner -> owner.getUid().equals(schedule.getMetadata().getUid()));
    if (!owned || !name.startsWith(prefix)) {
      return Optional.empty();
    }
    String minutes = name.substring(prefix.length());
    return minutes.matches("[0-9]{1,12}")
        ? Optional.of(new Run(app, Instant.EPOCH.plus(Duration.ofMinutes(Long.parseLong(minutes)))))
        : Optional.empty();
  }

  String name() {
    return app.getMetadata().getName();
  }

  SparkAppStatus status() {
    return app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
  }

  /** Whether it was deleted, and something of it is still there. */
  boolean isBeingDeleted() {
    return app.getMetadata().getDeletionTimestamp() != null;
  }

  boolean hasEnded() {
    return status().phase() != null && status().phase().isTerminal();
  }

  boolean hasEndedAs(Phase phase) {
    return status().phase() == phase;
  }
}
