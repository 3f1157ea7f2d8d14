package io.sparkapp.operator.applicationmaster;

import io.sparkapp.operator.applicationmaster.ExecutorState.Pending;
import io.sparkapp.operator.applicationmaster.PodReading.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why an application that has not ended will come to nothing.
 *
 * @param sentence for the user
 * @param exitCode as Spark on YARN gives it, where YARN knows the case
 */
record Hopeless(String sentence, Optional<Integer> exitCode) {

  /** {@code ApplicationMaster.EXIT_MAX_EXECUTOR_FAILURES} of Spark on YARN. */
  private static final int MAX_EXECUTOR_FAILURES = 11;

  private static final int FEWEST_FAILURES = 3;

  static Optional<Hopeless> of(Observed observed, DriverState driver, ExecutorLedger ledger) {
    Instant now = observed.now();
    if (driver instanceof DriverState.Pending pending && pending.waiting().hopeless(now)) {
      return Optional.of(
          new Hopeless(
              "The driver can not start: " + pending.waiting().sentence() + ".", Optional.empty()));
    }
    int limit = maximumFailures(observed);
    if (ledger.failed() >= limit) {
      String last = ledger.lastFailure().map(end -> " The last: " + end.message()).orElse("");
      return Optional.of(
          new Hopeless(
              ledger.failed() + " executors failed, and " + limit + " are too many." + last,
              Optional.of(MAX_EXECUTOR_FAILURES)));
    }
    return waitingExecutors(ledger)
        .filter(waiting -> ledger.running() == 0 && waiting.hopeless(now))
        .findFirst()
        .map(
            waiting ->
                new Hopeless(
                    "No executor can start: " + waiting.sentence() + ".", Optional.empty()));
  }

  /** When a wait that may still mend turns hopeless. */
  static Optional<Duration> lookAgain(
      Observed observed, DriverState driver, ExecutorLedger ledger) {
    Stream<Waiting> ofDriver =
        driver instanceof DriverState.Pending pending
            ? Stream.of(pending.waiting())
            : Stream.empty();
    return Stream.concat(ofDriver, waitingExecutors(ledger))
        .flatMap(waiting -> waiting.hopelessFrom().stream())
        .min(Instant::compareTo)
        .map(from -> Duration.between(observed.now(), from))
        .filter(wait -> !wait.isNegative())
        .map(wait -> wait.plusMillis(1));
  }

  /** {@code ExecutorFailureTracker.maxNumExecutorFailures}: max(3, twice the executors). */
  private static int maximumFailures(Observed observed) {
    return Math.max(FEWEST_FAILURES, 2 * observed.app().getSpec().executor().instances());
  }

  private static Stream<Waiting> waitingExecutors(ExecutorLedger ledger) {
    List<ExecutorPodView> live = ledger.live();
    return live.stream()
        .map(ExecutorPodView::state)
        .filter(Pending.class::isInstance)
        .map(state -> ((Pending) state).waiting());
  }
}
