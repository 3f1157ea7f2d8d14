package io.sparkapp.cli;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides which states of an application are worth a line: each new phase, each lost executor and,
 * where no bars are drawn, what the driver does, now and then.
 */
final class ProgressLines {

  private static final Duration BETWEEN = Duration.ofSeconds(5);

  private final String name;
  private final boolean hasBars;
  private Phase phase;
  private int failures;
  private String message;
  private Instant said = Instant.MIN;

  ProgressLines(String name, boolean hasBars) {
    this.name = name;
    this.hasBars = hasBars;
  }

  /** The line that this status deserves after those before it. */
  Optional<String> next(SparkAppStatus status, Instant now) {
    boolean matters = status.phase() != phase || failures(status) > failures;
    boolean due =
        !hasBars
            && status.message() != null
            && !status.message().equals(message)
            && !now.isBefore(said.plus(BETWEEN));
    if (!matters && !due) {
      return Optional.empty();
    }
    phase = status.phase();
    failures = failures(status);
    message = status.message();
    said = now;
    return Optional.of(name + ": " + phase + percent(status) + ": " + message);
  }

  private static int failures(SparkAppStatus status) {
    return status.executors() == null || status.executors().failed() == null
        ? 0
        : status.executors().failed();
  }

  private static String percent(SparkAppStatus status) {
    return status.progress() == null || status.progress().percent() == null
        ? ""
        : " " + status.progress().percent() + "%";
  }
}
