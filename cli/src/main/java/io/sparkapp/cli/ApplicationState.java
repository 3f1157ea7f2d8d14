package io.sparkapp.cli;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is asked of an application everywhere, with what there is before the operator has seen it.
 */
final class ApplicationState {

  private ApplicationState() {}

  static SparkAppStatus status(SparkApp app) {
    return app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
  }

  /** Where it stands; one that the operator has not seen waits. */
  static Phase phase(SparkApp app) {
    Phase phase = status(app).phase();
    return phase == null ? Phase.Waiting : phase;
  }

  /** How long it runs or ran; empty for one that has not started. */
  static Optional<Duration> duration(SparkApp app, Instant now) {
    SparkAppStatus status = status(app);
    if (status.started() == null) {
      return Optional.empty();
    }
    Instant end = status.ended() == null ? now : Instant.parse(status.ended());
    return Optional.of(Duration.between(Instant.parse(status.started()), end));
  }
}
