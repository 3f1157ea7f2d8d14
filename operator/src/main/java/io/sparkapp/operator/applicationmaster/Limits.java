package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Condition;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.LimitsSpec;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.TimeSpan;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The time limits of an application's spec. */
final class Limits {

  private final Observed observed;
  private final SparkAppStatus status;
  private final LimitsSpec spec;

  /**
   * @param status tells since when; the one observed, or one that is about to be written
   */
  Limits(Observed observed, SparkAppStatus status) {
    this.observed = observed;
    this.status = status;
    this.spec = observed.app().getSpec().limits();
  }

  /** The end that a limit which has passed makes of the attempt. */
  Optional<Ending> exceeded(DriverState driver) {
    if (passed(run())) {
      return Optional.of(tooLong());
    }
    if (passed(driverStart(driver))) {
      String waiting =
          driver instanceof DriverState.Pending pending ? pending.waiting().sentence() : "";
      return Optional.of(
          Ending.failed(
              "The driver did not run within limits.driverStart, %s: %s."
                  .formatted(spec.driverStart(), waiting),
              Optional.empty()));
    }
    if (passed(firstExecutor(driver))) {
      return Optional.of(
          Ending.failed(
              "No executor registered with the driver within limits.firstExecutor, %s."
                  .formatted(spec.firstExecutor()),
              Optional.empty()));
    }
    return Optional.empty();
  }

  /** The end of an application between two attempts, when its time is over. */
  Optional<Ending> exceededBetweenAttempts() {
    return passed(run()) ? Optional.of(tooLong()) : Optional.empty();
  }

  /** When limits that have not passed will. */
  Stream<Instant> deadlines(DriverState driver) {
    return Stream.of(run(), driverStart(driver), firstExecutor(driver)).flatMap(Optional::stream);
  }

  /** When the application's time is over. */
  Optional<Instant> run() {
    return deadline(status.started(), spec.run());
  }

  private Ending tooLong() {
    return Ending.forGood(
        "The application ran longer than limits.run allows, %s.".formatted(spec.run()));
  }

  private Optional<Instant> driverStart(DriverState driver) {
    return driver instanceof DriverState.Pending
        ? deadline(status.attemptStarted(), spec.driverStart())
        : Optional.empty();
  }

  private Optional<Instant> firstExecutor(DriverState driver) {
    boolean waits = driver instanceof DriverState.Running && asked() > 0 && !everHadExecutors();
    return waits ? deadline(driverRunningSince(), spec.firstExecutor()) : Optional.empty();
  }

  private String driverRunningSince() {
    return Conditions.find(status.conditions(), Conditions.DRIVER_RUNNING)
        .filter(condition -> "True".equals(condition.getStatus()))
        .map(Condition::getLastTransitionTime)
        .orElse(null);
  }

  /** One that registered is counted, has run tasks, or was told of as ended. */
  private boolean everHadExecutors() {
    return observed.answered().lastSequence() > 0 || observed.executorsCameIn();
  }

  private int asked() {
    return observed.wanted().asks().stream().mapToInt(ExecutorRequestSpec.Ask::total).sum();
  }

  private boolean passed(Optional<Instant> deadline) {
    return deadline.isPresent() && !observed.now().isBefore(deadline.get());
  }

  private static Optional<Instant> deadline(String since, String span) {
    return since == null || span == null
        ? Optional.empty()
        : Optional.of(Instant.parse(since).plus(TimeSpan.parse(span).duration()));
  }
}
