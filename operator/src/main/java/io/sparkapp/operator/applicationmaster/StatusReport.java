package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkAppStatus.DriverStatus;
import io.sparkapp.crds.SparkAppStatus.ExecutorCounts;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Composes what an application's status says. */
final class StatusReport {

  private final Observed observed;
  private final SparkAppStatus before;

  StatusReport(Observed observed) {
    this.observed = observed;
    this.before = observed.status();
  }

  /** It waits in its queue. */
  SparkAppStatus waiting(String reason) {
    return notAdmitted("Waiting", reason);
  }

  /**
   * It can not start yet.
   *
   * @param word the condition's reason, for programs
   */
  SparkAppStatus notAdmitted(String word, String sentence) {
    return report(
        Phase.Waiting,
        sentence,
        null,
        null,
        conditions().with(Conditions.ADMITTED, false, word, sentence));
  }

  /** Its pods were created; the driver does not run yet. */
  SparkAppStatus starting(String message, Optional<String> address, ExecutorCounts executors) {
    return report(
        Phase.Starting,
        message,
        new DriverStatus(observed.names().driverPod(), address.orElse(null), null),
        executors,
        conditions()
            .with(Conditions.ADMITTED, true, "Admitted", "The queue has admitted the application.")
            .with(Conditions.DRIVER_RUNNING, false, "Starting", message)
            .with(Conditions.EXECUTORS_READY, false, "Starting", executorsSentence(executors)));
  }

  /** The driver runs. */
  SparkAppStatus running(String message, Optional<String> address, ExecutorCounts executors) {
    boolean ready = executors.running() >= executors.asked();
    return report(
        Phase.Running,
        message,
        new DriverStatus(observed.names().driverPod(), address.orElse(null), null),
        executors,
        conditions()
            .with(Conditions.ADMITTED, true, "Admitted", "The queue has admitted the application.")
            .with(Conditions.DRIVER_RUNNING, true, "Running", "The driver runs.")
            .with(
                Conditions.EXECUTORS_READY,
                ready,
                ready ? "Ready" : "Waiting",
                executorsSentence(executors)));
  }

  /** The application ended. */
  SparkAppStatus ended(
      boolean succeeded, String message, Optional<Integer> exitCode, ExecutorCounts executors) {
    DriverStatus driver =
        observed.driver().isPresent() || observed.driverRecorded()
            ? new DriverStatus(
                observed.names().driverPod(),
                before.driver() == null ? null : before.driver().address(),
                exitCode.orElse(null))
            : null;
    Conditions conditions = conditions();
    if (driver != null) {
      conditions
          .with(Conditions.DRIVER_RUNNING, false, "Ended", "The driver has ended.")
          .with(Conditions.EXECUTORS_READY, false, "Ended", "The application has ended.");
    }
    return report(
        succeeded ? Phase.Succeeded : Phase.Failed,
        message,
        driver,
        executors,
        conditions
            .with(Conditions.COMPLETE, succeeded, succeeded ? "Succeeded" : "Failed", message)
            .with(Conditions.FAILED, !succeeded, succeeded ? "Succeeded" : "Failed", message));
  }

  private Conditions conditions() {
    return new Conditions(before.conditions(), generation(), observed.now());
  }

  private long generation() {
    Long generation = observed.app().getMetadata().getGeneration();
    return generation == null ? 1 : generation;
  }

  private SparkAppStatus report(
      Phase phase,
      String message,
      DriverStatus driver,
      ExecutorCounts executors,
      Conditions conditions) {
    boolean started = driver != null;
    String now = observed.now().truncatedTo(ChronoUnit.SECONDS).toString();
    String startedAt = before.started() == null && started ? now : before.started();
    String endedAt = before.ended() == null && phase.isTerminal() ? now : before.ended();
    return new SparkAppStatus(
        phase,
        message,
        generation(),
        started ? Integer.valueOf(observed.attempt()) : before.attempt(),
        started ? observed.names().applicationId() : before.applicationId(),
        driver,
        executors,
        progress(),
        conditions.list(),
        startedAt,
        endedAt);
  }

  private Progress progress() {
    return observed
        .request()
        .map(ExecutorRequest::getSpec)
        .map(ExecutorRequestSpec::progress)
        .map(Progress::withSummary)
        .orElse(before.progress());
  }

  static ExecutorCounts counts(Observed observed, int granted, ExecutorLedger ledger) {
    int asked = observed.wanted().asks().stream().mapToInt(Ask::total).sum();
    return ExecutorCounts.of(asked, granted, ledger.running(), ledger.failed());
  }

  /** What stays of the counts at the end; a driver that leaves asks for nothing any more. */
  static ExecutorCounts lastCounts(Observed observed, ExecutorLedger ledger) {
    ExecutorCounts before = observed.status().executors();
    return before == null
        ? ExecutorCounts.of(0, 0, 0, ledger.failed())
        : ExecutorCounts.of(before.asked(), before.granted(), 0, ledger.failed());
  }

  private static String executorsSentence(ExecutorCounts executors) {
    return executors.running() + " of " + executors.asked() + " executors run.";
  }
}
