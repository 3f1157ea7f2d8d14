package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.AttemptOutcome;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.RestartSpec;
import io.sparkapp.crds.SparkAppSpec;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkAppStatus.ExecutorCounts;
import io.sparkapp.crds.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is done when an attempt ends, until the next one, and after the application's end. */
final class Closing {

  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

  private final Observed observed;
  private final ExecutorLedger ledger;
  private final DriverState driver;
  private final SparkAppSpec spec;
  private final StatusReport report;

  Closing(Attempt attempt) {
    this.observed = attempt.observed();
    this.ledger = attempt.ledger();
    this.driver = attempt.driver();
    this.spec = observed.app().getSpec();
    this.report = new StatusReport(observed);
  }

  /** What ends or suspends an application that waits or runs; empty when it is to go on. */
  Optional<Plan> stop() {
    if (driver instanceof DriverState.Ended ended) {
      return Optional.of(end(ended.ending()));
    }
    boolean started = observed.attemptBegun();
    if (started && driver instanceof DriverState.Absent) {
      String sentence = DriverState.deleted(observed.names().driverPod());
      return Optional.of(end(Ending.lost(sentence, Optional.empty())));
    }
    if (observed.requestMustBeThere() && observed.request().isEmpty()) {
      return Optional.of(end(withoutRequest()));
    }
    if (spec.kill() != null) {
      return Optional.of(end(killed()));
    }
    if (spec.suspend()) {
      return Optional.of(suspend());
    }
    Optional<String> outdated = AttemptSpec.outdated(observed);
    if (outdated.isPresent()) {
      return Optional.of(change(outdated.get()));
    }
    return (started ? Hopeless.of(observed, driver, ledger) : limits().exceededBetweenAttempts())
        .map(this::end);
  }

  /** The attempt has come to this end; another one follows, or the application's own end. */
  Plan end(Ending ending) {
    Restarts restarts = new Restarts(restart(), observed.history(), observed.now());
    Optional<Instant> next =
        restarts
            .next(ending)
            .filter(instant -> spec.kill() == null)
            .map(instant -> instant.truncatedTo(ChronoUnit.SECONDS));
    if (next.isPresent()) {
      return again(ending, next.get());
    }
    String message =
        restarts
            .exhaustion(ending)
            .map(why -> ending.sentence() + " " + why)
            .orElse(ending.sentence());
    // Before the status: once that says it has ended, nobody looks whether the event is there.
    Action said =
        new Action.Announce(
            ending.succeeded() ? EventReason.Succeeded : EventReason.Failed, message);
    SparkAppStatus status = report.ended(ending, message, counts());
    return new Plan(List.of(said), status, cleanUp(ending.succeeded()), timeToLive());
  }

  /** Nobody but its user can start a driver again that the operator did not create. */
  private RestartSpec restart() {
    return observed.inClientPlacement() ? RestartSpec.NEVER : spec.restart();
  }

  /** It has ended: what is left over goes, and after its time to live the application itself. */
  Plan afterEnd() {
    SparkAppStatus status = report.same();
    List<Action> actions = new ArrayList<>(cleanUp(observed.status().phase() == Phase.Succeeded));
    Optional<Instant> last = lastDay();
    boolean over = last.isPresent() && !observed.now().isBefore(last.get());
    // Only as it was observed is it deleted, and a status that is written changes that.
    if (over && status.equals(observed.status())) {
      actions.add(new Action.DeleteApplication());
      return new Plan(List.of(), status, actions, Optional.of(TRY_AGAIN));
    }
    return new Plan(List.of(), status, actions, last.map(this::until));
  }

  /** The last attempt has ended, the next one has not begun: it waits, or is suspended. */
  Plan betweenAttempts() {
    boolean suspended = observed.status().phase() == Phase.Suspended;
    if (spec.kill() != null) {
      return end(killed());
    }
    if (spec.suspend()) {
      return suspended
          ? new Plan(List.of(), report.same(), cleanUp(), Optional.empty())
          : suspend();
    }
    if (suspended) {
      return open("Resumed; the queue is asked.", true);
    }
    Optional<Ending> tooLong = limits().exceededBetweenAttempts();
    if (tooLong.isPresent()) {
      return end(tooLong.get());
    }
    Instant next = Instant.parse(observed.status().nextAttempt());
    return observed.now().isBefore(next)
        ? new Plan(List.of(), report.same(), cleanUp(), Optional.of(untilNext(next)))
        : open("Attempt " + (observed.attempt() + 1) + " asks the queue.", false);
  }

  /**
   * An own write before anything is created: from then on everybody looks at the new attempt. The
   * old driver has to be gone, lest two write the same output.
   */
  private Plan open(String message, boolean resumed) {
    if (!(driver instanceof DriverState.Absent || driver instanceof DriverState.Ended)) {
      return new Plan(List.of(), report.same(), cleanUp(), Optional.of(TRY_AGAIN));
    }
    return new Plan(cleanUp(), report.opening(message, resumed), List.of(), Optional.of(AT_ONCE));
  }

  private Plan again(Ending ending, Instant next) {
    EventReason reason =
        switch (ending.outcome()) {
          case Succeeded -> EventReason.AttemptSucceeded;
          case Lost -> EventReason.AttemptLost;
          case Failed, Suspended, Changed -> EventReason.AttemptFailed;
        };
    Action said =
        new Action.Announce(reason, "Attempt " + observed.attempt() + ": " + ending.sentence());
    String message =
        "%s Attempt %d starts at %s.".formatted(ending.sentence(), observed.attempt() + 1, next);
    return new Plan(
        List.of(said),
        report.restarting(ending, message, next, counts()),
        cleanUp(ending.succeeded()),
        Optional.of(spec.suspend() ? AT_ONCE : untilNext(next)));
  }

  /** Another attempt follows at once; it is no failure, and time limits begin anew. */
  private Plan change(String sentence) {
    Action said =
        new Action.Announce(
            EventReason.SpecChanged, "Attempt " + observed.attempt() + ": " + sentence);
    String message = "%s Attempt %d follows.".formatted(sentence, observed.attempt() + 1);
    return new Plan(
        List.of(said),
        report.changed(sentence, message, counts()),
        cleanUp(),
        Optional.of(AT_ONCE));
  }

  private Plan suspend() {
    String message = "Suspended; it starts again when spec.suspend is false.";
    String said =
        observed.attemptBegun()
            ? "Suspended attempt " + observed.attempt() + "."
            : "Suspended before it started.";
    return new Plan(
        List.of(new Action.Announce(EventReason.Suspended, said)),
        report.suspended(message, observed.attemptBegun() ? counts() : null),
        cleanUp(),
        Optional.empty());
  }

  /** The ids that were given out, and the secret of those that run, went with it. */
  private Ending withoutRequest() {
    return Ending.lost(
        "ExecutorRequest %s was deleted while its driver ran%s"
            .formatted(observed.names().applicationId(), DriverState.NO_FAULT),
        Optional.empty());
  }

  private Ending killed() {
    return Ending.forGood("Killed: " + spec.kill());
  }

  private ExecutorCounts counts() {
    return observed.attemptBegun()
        ? StatusReport.lastCounts(observed, ledger)
        : observed.status().executors();
  }

  private Optional<Instant> lastDay() {
    return Optional.ofNullable(observed.status().ended())
        .filter(ended -> spec.timeToLive() != null)
        .map(ended -> Instant.parse(ended).plus(TimeSpan.parse(spec.timeToLive()).duration()));
  }

  private Optional<Duration> timeToLive() {
    return Optional.ofNullable(spec.timeToLive())
        .map(span -> TimeSpan.parse(span).duration().plus(AT_ONCE));
  }

  private Limits limits() {
    return new Limits(observed, observed.status());
  }

  /** The application's time may be over before the pause is. */
  private Duration untilNext(Instant next) {
    return until(limits().run().filter(end -> end.isBefore(next)).orElse(next));
  }

  private Duration until(Instant then) {
    Duration wait = Duration.between(observed.now(), then).plus(AT_ONCE);
    return wait.isNegative() ? AT_ONCE : wait;
  }

  /** When the attempt did not succeed, or when it is long over. */
  private List<Action> cleanUp() {
    boolean succeeded =
        observed.history().stream()
            .filter(past -> past.attempt() == observed.attempt())
            .anyMatch(past -> past.outcome() == AttemptOutcome.Succeeded);
    return cleanUp(succeeded);
  }

  /** The driver's pod stays for its log, unless it has not ended or its user does not want it. */
  private List<Action> cleanUp(boolean succeeded) {
    List<Action> actions = new ArrayList<>();
    Optional<PodReading> driver =
        observed
            .driver()
            .map(pod -> new PodReading(pod, Names.DRIVER))
            .filter(pod -> !pod.beingDeleted());
    if (driver.filter(pod -> !pod.ended() || !spec.retainDriver().keeps(succeeded)).isPresent()) {
      actions.add(
          new Action.DeletePods(List.of(observed.names().driverPod()), "the attempt has ended"));
    }
    if (ExecutorPodView.allOf(observed).stream().anyMatch(each -> !each.beingDeleted())) {
      actions.add(new Action.DeletePodsWith(observed.names().executorSelector()));
    }
    if (observed.request().isPresent()) {
      actions.add(new Action.CloseAttempt(observed.names().applicationId()));
    }
    return actions;
  }
}
