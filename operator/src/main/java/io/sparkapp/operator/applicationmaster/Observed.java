package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.ExecutorRequestStatus;
import io.sparkapp.crds.PastAttempt;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a decision is made from.
 *
 * @param app the application
 * @param request the request of its current attempt
 * @param driver the driver's pod; when the application's status speaks of a driver, absence was
 *     confirmed by the API server itself, never by a cache alone
 * @param executors the executor pods of the current attempt
 * @param now the time
 */
public record Observed(
    SparkApp app,
    Optional<ExecutorRequest> request,
    Optional<Pod> driver,
    List<Pod> executors,
    Instant now) {

  public Observed {
    executors = List.copyOf(executors);
  }

  public SparkAppStatus status() {
    return app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
  }

  /** Earlier attempts, the oldest first. */
  public List<PastAttempt> history() {
    return status().history() == null ? List.of() : status().history();
  }

  public int attempt() {
    return status().attempt() == null ? 1 : status().attempt();
  }

  public Names names() {
    return Names.of(app, attempt());
  }

  /** Whether an earlier decision created the driver of this attempt. */
  public boolean driverRecorded() {
    return status().driver() != null && status().driver().pod() != null;
  }

  /** Whether the driver of this attempt was ever made, recorded or not. */
  public boolean attemptBegun() {
    return driverRecorded() || driver.isPresent();
  }

  /** Whether an attempt is under way whose driver ought to exist. */
  public boolean driverMustBeThere() {
    return driverRecorded() && !(status().phase() != null && status().phase().isTerminal());
  }

  /** What the driver asks for; before it ever asked, what the application's spec says. */
  public ExecutorRequestSpec wanted() {
    return request
        .map(ExecutorRequest::getSpec)
        .orElseGet(() -> ExecutorRequestSpec.asking(List.of(InitialAsk.of(app.getSpec()))));
  }

  public ExecutorRequestStatus answered() {
    return request.map(ExecutorRequest::getStatus).orElse(ExecutorRequestStatus.NONE);
  }
}
