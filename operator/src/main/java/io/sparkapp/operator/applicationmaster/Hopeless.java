package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.SparkAppSpec;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.operator.applicationmaster.ExecutorState.Pending;
import io.sparkapp.operator.applicationmaster.PodReading.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells when an attempt that has not ended will come to nothing, and ends it then. */
final class Hopeless {

  /** {@code ApplicationMaster.EXIT_MAX_EXECUTOR_FAILURES} of Spark on YARN. */
  private static final int MAX_EXECUTOR_FAILURES = 11;

  private static final int FEWEST_FAILURES = 3;

  private Hopeless() {}

  static Optional<Ending> of(Observed observed, DriverState driver, ExecutorLedger ledger) {
    Instant now = observed.now();
    if (driver instanceof DriverState.Pending pending && pending.waiting().hopeless(now)) {
      return Optional.of(
          Ending.failed(
              "The driver can not start: " + pending.waiting().sentence() + ".", Optional.empty()));
    }
    int limit = maximumFailures(observed);
    int failed =
        ExecutorFailures.of(observed, ledger)
            .counting(observed.app().getSpec().limits(), observed.now());
    if (failed >= limit) {
      String last = ledger.lastFailure().map(end -> " The last: " + end.message()).orElse("");
      return Optional.of(
          Ending.failed(
              (failed == 1 ? "1 executor" : failed + " executors")
                  + " failed, and "
                  + (limit == 1 ? "1 is" : limit + " are")
                  + " too many."
                  + last,
              Optional.of(MAX_EXECUTOR_FAILURES)));
    }
    Optional<Ending> unreachable = Unreachable.driver(observed, ledger);
    if (unreachable.isPresent()) {
      return unreachable;
    }
    return waitingExecutors(ledger)
        .filter(waiting -> ledger.running() == 0 && waiting.hopeless(now))
        .findFirst()
        .map(waiting -> "No executor can start: " + waiting.sentence() + ".")
        .map(sentence -> Ending.failed(sentence, Optional.empty()))
        .or(() -> new Limits(observed, observed.status()).exceeded(driver));
  }

  /**
   * When a wait that may still mend turns hopeless, or a limit is reached.
   *
   * @param planned the status that is about to be written
   */
  static Optional<Duration> lookAgain(
      Observed observed, SparkAppStatus planned, DriverState driver, ExecutorLedger ledger) {
    Stream<Waiting> ofDriver =
        driver instanceof DriverState.Pending pending
            ? Stream.of(pending.waiting())
            : Stream.empty();
    Stream<Instant> mending =
        Stream.concat(ofDriver, waitingExecutors(ledger))
            .flatMap(waiting -> waiting.hopelessFrom().stream());
    Stream<Instant> overdue =
        observed.driver().stream()
            .flatMap(pod -> new PodReading(pod, Names.DRIVER).overdueFrom().stream());
    Stream<Instant> limits = new Limits(observed, planned).deadlines(driver);
    // What has passed already and did not end it will not by waiting.
    Stream<Instant> silence =
        Stream.of(ClientDriver.doubt(observed), ClientDriver.deadline(observed))
            .flatMap(Optional::stream);
    return Stream.of(mending, overdue, limits, silence)
        .flatMap(instants -> instants)
        .filter(instant -> !instant.isBefore(observed.now()))
        .min(Instant::compareTo)
        .map(from -> Duration.between(observed.now(), from).plusMillis(1));
  }

  /** {@code ExecutorFailureTracker.maxNumExecutorFailures}: max(3, twice the executors). */
  private static int maximumFailures(Observed observed) {
    SparkAppSpec spec = observed.app().getSpec();
    return Optional.ofNullable(spec.limits().executorFailures())
        .orElseGet(() -> Math.max(FEWEST_FAILURES, 2 * spec.executor().most()));
  }

  private static Stream<Waiting> waitingExecutors(ExecutorLedger ledger) {
    List<ExecutorPodView> live = ledger.live();
    return live.stream()
        .map(ExecutorPodView::state)
        .filter(Pending.class::isInstance)
        .map(state -> ((Pending) state).waiting());
  }
}
