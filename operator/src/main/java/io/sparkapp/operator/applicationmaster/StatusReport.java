package io.sparkapp.operator.applicationmaster;

import static io.sparkapp.crds.RestartSpec.MOST_ATTEMPTS;

import io.sparkapp.crds.AttemptOutcome;
import io.sparkapp.crds.AttemptTimes;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.PastAttempt;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkAppStatus.DriverStatus;
import io.sparkapp.crds.SparkAppStatus.ExecutorCounts;
import io.sparkapp.operator.resourcemanager.Allocation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Composes what an application's status says. */
final class StatusReport {

  /** Reason of condition Admitted, False, of an application that waits in its queue. */
  static final String IN_LINE = "InLine";

  private final Observed observed;
  private final Optional<Allocation> allocation;
  private final SparkAppStatus before;

  /** Of an application that is in no queue. */
  StatusReport(Observed observed) {
    this(observed, Optional.empty());
  }

  /** Of one that is in a queue. */
  StatusReport(Observed observed, Allocation allocation) {
    this(observed, Optional.of(allocation));
  }

  private StatusReport(Observed observed, Optional<Allocation> allocation) {
    this.observed = observed;
    this.allocation = allocation;
    this.before = observed.status();
  }

  /** It waits in its queue. */
  SparkAppStatus waiting(String reason) {
    return notAdmitted(IN_LINE, reason);
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
        driver(address),
        executors,
        conditions()
            .with(Conditions.ADMITTED, true, "Admitted", admitted())
            .with(Conditions.DRIVER_RUNNING, false, "Starting", message)
            .with(Conditions.EXECUTORS_READY, false, "Starting", executorsSentence(executors)));
  }

  /** The driver runs. */
  SparkAppStatus running(String message, Optional<String> address, ExecutorCounts executors) {
    boolean ready = executors.running() >= executors.asked();
    return report(
        Phase.Running,
        message,
        driver(address),
        executors,
        conditions()
            .with(Conditions.ADMITTED, true, "Admitted", admitted())
            .with(Conditions.DRIVER_RUNNING, true, "Running", "The driver runs.")
            .with(
                Conditions.EXECUTORS_READY,
                ready,
                ready ? "Ready" : "Waiting",
                executorsSentence(executors)));
  }

  private String admitted() {
    return "Queue " + allocation.map(Allocation::queue).orElse("?") + " has admitted it.";
  }

  private DriverStatus driver(Optional<String> address) {
    return new DriverStatus(driverPod(), address.orElse(null), null, null, connect());
  }

  private String driverPod() {
    return observed.inClientPlacement() ? null : observed.names().driverPod();
  }

  /** The application ended. */
  SparkAppStatus ended(Ending ending, String message, ExecutorCounts executors) {
    DriverStatus driver =
        observed.attemptBegun()
            ? new DriverStatus(
                driverPod(),
                before.driver() == null ? null : before.driver().address(),
                ending.exitCode().orElse(null),
                ending.log().isEmpty() ? null : ending.log(),
                null)
            : null;
    boolean succeeded = ending.succeeded();
    Conditions conditions = conditions();
    if (driver != null) {
      nothingRuns(conditions, "Ended", "The application has ended.");
    }
    conditions
        .with(Conditions.COMPLETE, succeeded, succeeded ? "Succeeded" : "Failed", message)
        .with(Conditions.FAILED, !succeeded, succeeded ? "Succeeded" : "Failed", message);
    StatusDraft draft =
        drafted(succeeded ? Phase.Succeeded : Phase.Failed, message, driver, executors);
    // From now on nobody else has it: the request goes.
    draft.progress = progress(Progress::atTheEnd);
    draft.usage = RightSizing.of(observed).orElse(null);
    return draft.with(conditions);
  }

  /** An attempt ended, and another one follows at {@code next}. */
  SparkAppStatus restarting(Ending ending, String message, Instant next, ExecutorCounts executors) {
    StatusDraft draft = draft(Phase.Restarting, message, null, executors);
    draft.nextAttempt = next.toString();
    draft.remember(
        past(ending.outcome(), ending.exitCode().orElse(null), ending.sentence()), MOST_ATTEMPTS);
    return draft.with(nothingRuns(conditions(), "Restarting", message));
  }

  /** The attempt gives way to one with another spec, which is counted as the first of its kind. */
  SparkAppStatus changed(String sentence, String message, ExecutorCounts executors) {
    StatusDraft draft = draft(Phase.Restarting, message, null, executors);
    draft.nextAttempt = now();
    draft.started = null;
    draft.remember(past(AttemptOutcome.Changed, null, sentence), MOST_ATTEMPTS);
    return draft.with(nothingRuns(conditions(), "Restarting", message));
  }

  /** It is suspended; what ran until now is an attempt of the past. */
  SparkAppStatus suspended(String message, ExecutorCounts executors) {
    StatusDraft draft = draft(Phase.Suspended, message, null, executors);
    draft.nextAttempt = null;
    Conditions conditions = conditions().with(Conditions.SUSPENDED, true, "Suspended", message);
    if (observed.attemptBegun()) {
      draft.remember(past(AttemptOutcome.Suspended, null, message), MOST_ATTEMPTS);
      nothingRuns(conditions, "Suspended", message);
    }
    return draft.with(conditions);
  }

  /** Nothing has happened, but for what the user may have changed in the spec. */
  SparkAppStatus same() {
    StatusDraft draft = new StatusDraft(before);
    draft.observedGeneration = generation();
    return draft.withSameConditions();
  }

  /** The next attempt is about to be admitted. */
  SparkAppStatus opening(String message, boolean resumed) {
    StatusDraft draft = draft(Phase.Waiting, message, null, null);
    draft.nextAttempt = null;
    draft.attemptStarted = null;
    draft.times = AttemptTimes.since(now());
    draft.progress = null;
    boolean over =
        observed.history().stream().anyMatch(past -> past.attempt() == observed.attempt());
    if (over) {
      draft.attempt = observed.attempt() + 1;
      draft.applicationId = Names.of(observed.app(), draft.attempt).applicationId();
    }
    if (!resumed) {
      return draft.withSameConditions();
    }
    draft.started = null;
    return draft.with(conditions().with(Conditions.SUSPENDED, false, "Resumed", message));
  }

  private StatusDraft draft(
      Phase phase, String message, DriverStatus driver, ExecutorCounts executors) {
    StatusDraft draft = new StatusDraft(before);
    draft.phase = phase;
    draft.message = message;
    draft.observedGeneration = generation();
    draft.driver = driver;
    draft.executors = executors;
    draft.progress = progress();
    draft.times = Milestones.reached(observed, phase);
    draft.queue = allocation.map(Allocation::queue).orElse(before.queue());
    draft.place = allocation.flatMap(Allocation::place).orElse(null);
    return draft;
  }

  private PastAttempt past(AttemptOutcome outcome, Integer exitCode, String message) {
    return new PastAttempt(
        observed.attempt(), before.attemptStarted(), now(), outcome, exitCode, message);
  }

  private static Conditions nothingRuns(Conditions conditions, String reason, String message) {
    return conditions
        .with(Conditions.DRIVER_RUNNING, false, reason, message)
        .with(Conditions.EXECUTORS_READY, false, reason, message);
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
    return drafted(phase, message, driver, executors).with(conditions);
  }

  private StatusDraft drafted(
      Phase phase, String message, DriverStatus driver, ExecutorCounts executors) {
    StatusDraft draft = draft(phase, message, driver, executors);
    if (driver != null) {
      draft.attempt = observed.attempt();
      draft.applicationId = observed.names().applicationId();
      draft.started = before.started() == null ? now() : before.started();
      draft.attemptStarted = before.attemptStarted() == null ? now() : before.attemptStarted();
    }
    if (phase.isTerminal()) {
      draft.nextAttempt = null;
      draft.ended = before.ended() == null ? now() : before.ended();
    }
    return draft;
  }

  private String now() {
    return observed.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private String connect() {
    return Optional.ofNullable(progress()).map(Progress::connect).orElse(null);
  }

  /** While it runs, the request has more. */
  private Progress progress() {
    return progress(Progress::inShort);
  }

  private Progress progress(UnaryOperator<Progress> part) {
    return observed
        .request()
        .map(ExecutorRequest::getSpec)
        .map(ExecutorRequestSpec::progress)
        .map(Progress::withSummary)
        .map(part)
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
