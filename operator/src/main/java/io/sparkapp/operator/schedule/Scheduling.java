package io.sparkapp.operator.schedule;

import io.sparkapp.crds.ConcurrencyPolicy;
import io.sparkapp.crds.ScheduledSparkAppStatus;
import io.sparkapp.crds.ScheduledSparkAppStatus.SkippedRun;
import io.sparkapp.crds.ScheduledSparkAppStatus.SkippedRun.Reason;
import io.sparkapp.crds.TimeSpan;
import io.sparkapp.operator.applicationmaster.EventReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what is to be done for one schedule, as Kubernetes' CronJob controller does for a
 * CronJob. The decision is a function of what was observed; it may be taken again at any time, by
 * another operator too, and then wants only what is still missing.
 *
 * <ul>
 *   <li>Due is the last time that has come since the last start; so of runs that were missed, while
 *       nobody decided or while the schedule was suspended, one is made up for and no more.
 *   <li>A run that would start later than {@code startingDeadline} after its time is missed.
 *   <li>{@code Forbid} starts nothing beside a run that has not ended. When it ends, the last run
 *       that was held up is started, if it is not too late for it: to have it skipped instead, give
 *       a short {@code startingDeadline}.
 *   <li>{@code Replace} deletes what has not ended. Other than a CronJob it then waits until
 *       nothing of that is left, for two drivers would write the same output.
 *   <li>Other than with a CronJob, a schedule that was changed is due from then on only: it does
 *       not start at once because the new time of today has passed already.
 * </ul>
 */
public final class Scheduling {

  /** Clocks can be set, and machines sleep. */
  private static final Duration LONGEST_REST = Duration.ofMinutes(5);

  private static final int MOST_NAMED = 3;

  /** What is to be done now, and what the status says. */
  public SchedulePlan decide(ObservedSchedule observed) {
    if (observed.schedule().getMetadata().getDeletionTimestamp() != null) {
      return SchedulePlan.nothing(observed.status());
    }
    Timetable timetable;
    try {
      timetable = Timetable.of(observed.spec());
    } catch (UnusableScheduleException e) {
      return stall(observed, e);
    }
    if (observed.spec().suspend()) {
      String message = "Suspended; runs are started again when spec.suspend is false.";
      return plan(
          observed,
          News.of(observed),
          new ScheduleReport(observed).suspended(message),
          Optional.empty());
    }
    return due(observed, timetable)
        .map(time -> run(observed, timetable, time))
        .orElseGet(() -> rest(observed, timetable));
  }

  /**
   * What follows when the API server will never take the SparkApp of a run that was to be started:
   * that run is given up.
   */
  public SchedulePlan refused(ObservedSchedule observed, String why) {
    try {
      Timetable timetable = Timetable.of(observed.spec());
      return due(observed, timetable)
          .map(
              time ->
                  skip(
                      observed,
                      timetable,
                      time,
                      Reason.Refused,
                      "The run of %s can not be started. %s".formatted(time, why)))
          .orElseGet(() -> rest(observed, timetable));
    } catch (UnusableScheduleException e) {
      return decide(observed);
    }
  }

  /** The status of a schedule that is held up from outside; it is tried again. */
  public ScheduledSparkAppStatus held(ScheduledSparkAppStatus before, String reason) {
    return ScheduleReport.saying(before, reason);
  }

  private static SchedulePlan stall(ObservedSchedule observed, UnusableScheduleException why) {
    List<ScheduleAction> before = new ArrayList<>(News.of(observed));
    if (!why.getMessage().equals(observed.status().message())) {
      before.add(new ScheduleAction.Announce(why.reason(), why.getMessage()));
    }
    return plan(observed, before, new ScheduleReport(observed).stalled(why), Optional.empty());
  }

  private SchedulePlan run(ObservedSchedule observed, Timetable timetable, Instant time) {
    Optional<Instant> deadline = deadline(observed, time);
    if (deadline.filter(observed.now()::isAfter).isPresent()) {
      String why =
          "The run of %s was missed: it could not start within its startingDeadline of %s."
              .formatted(time, observed.spec().startingDeadline());
      return skip(observed, timetable, time, Reason.TooLate, why);
    }
    List<Run> active = observed.active();
    return active.isEmpty() || observed.spec().concurrencyPolicy() == ConcurrencyPolicy.Allow
        ? start(observed, timetable, time)
        : besideOthers(observed, timetable, time, active);
  }

  private SchedulePlan besideOthers(
      ObservedSchedule observed, Timetable timetable, Instant time, List<Run> active) {
    if (observed.spec().concurrencyPolicy() == ConcurrencyPolicy.Forbid) {
      String why =
          "The run of %s was not started: %s has not ended, and concurrencyPolicy is Forbid."
              .formatted(time, active.get(active.size() - 1).name());
      return skip(observed, timetable, time, Reason.StillRunning, why);
    }
    List<String> running =
        active.stream().filter(run -> !run.isBeingDeleted()).map(Run::name).toList();
    List<ScheduleAction> before = new ArrayList<>(News.of(observed));
    if (!running.isEmpty()) {
      // Before it is done: afterwards nobody sees that there was something to say.
      before.add(
          new ScheduleAction.Announce(
              EventReason.Replaced,
              "Deletes %s for the run of %s.".formatted(some(running), time)));
      before.add(new ScheduleAction.End(running));
    }
    String message =
        "The run of %s starts when nothing is left of %s, which it replaces."
            .formatted(time, some(active.stream().map(Run::name).toList()));
    Optional<Instant> next = timetable.next(observed.now());
    return plan(
        observed,
        before,
        new ScheduleReport(observed).following(message, next, Optional.empty(), Optional.empty()),
        soonest(next, deadline(observed, time)));
  }

  private SchedulePlan start(ObservedSchedule observed, Timetable timetable, Instant time) {
    Run run = new Run(RunFactory.run(observed.schedule(), time), time);
    List<ScheduleAction> before = new ArrayList<>(News.of(observed));
    before.add(new ScheduleAction.Start(run.app()));
    before.add(News.started(run));
    Optional<Instant> next = timetable.next(observed.now());
    ScheduledSparkAppStatus status =
        new ScheduleReport(observed)
            .following(
                running(Stream.concat(observed.active().stream(), Stream.of(run)).toList())
                    + " "
                    + nextRun(next),
                next,
                Optional.of(run),
                Optional.empty());
    return plan(observed, before, status, next);
  }

  private SchedulePlan skip(
      ObservedSchedule observed, Timetable timetable, Instant time, Reason reason, String why) {
    SkippedRun skipped = new SkippedRun(time.toString(), reason, why);
    List<ScheduleAction> before = new ArrayList<>(News.of(observed));
    if (!skipped.equals(observed.status().skipped())) {
      EventReason event =
          switch (reason) {
            case StillRunning -> EventReason.RunHeldUp;
            case TooLate -> EventReason.RunMissed;
            case Refused -> EventReason.RunRefused;
          };
      before.add(new ScheduleAction.Announce(event, why));
    }
    Optional<Instant> next = timetable.next(observed.now());
    ScheduledSparkAppStatus status =
        new ScheduleReport(observed)
            .following(why + " " + nextRun(next), next, Optional.empty(), Optional.of(skipped));
    Optional<Instant> deadline =
        deadline(observed, time).filter(each -> !each.isBefore(observed.now()));
    return plan(observed, before, status, soonest(next, deadline));
  }

  private SchedulePlan rest(ObservedSchedule observed, Timetable timetable) {
    Optional<Instant> next = timetable.next(observed.now());
    String message =
        Stream.of(lastEvent(observed), Optional.of(nextRun(next)))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    ScheduledSparkAppStatus status =
        new ScheduleReport(observed).following(message, next, Optional.empty(), Optional.empty());
    return plan(observed, News.of(observed), status, next);
  }

  /** What a user who looks at the schedule asks first. */
  private static Optional<String> lastEvent(ObservedSchedule observed) {
    Optional<SkippedRun> refused = given(observed, Reason.Refused);
    if (refused.isPresent()) {
      return refused.map(SkippedRun::message);
    }
    List<Run> active = observed.active();
    return active.isEmpty()
        ? observed.runs().stream().reduce((first, second) -> second).map(News::end)
        : Optional.of(running(active));
  }

  private static String running(List<Run> active) {
    return active.size() == 1
        ? active.get(0).name() + " has not ended."
        : active.size() + " runs have not ended.";
  }

  private static Optional<Instant> due(ObservedSchedule observed, Timetable timetable) {
    Instant since = observed.timetableSince();
    Instant after = observed.lastStart().filter(since::isBefore).orElse(since);
    return timetable
        .last(after, observed.now())
        .filter(
            time ->
                given(observed, Reason.Refused)
                    .filter(refused -> refused.time().equals(time.toString()))
                    .isEmpty());
  }

  /** The run that was skipped for this reason, if none was started since. */
  private static Optional<SkippedRun> given(ObservedSchedule observed, Reason reason) {
    return Optional.ofNullable(observed.status().skipped())
        .filter(skipped -> skipped.reason() == reason)
        .filter(
            skipped ->
                observed
                    .lastStart()
                    .map(start -> start.isBefore(Instant.parse(skipped.time())))
                    .orElse(true));
  }

  private static Optional<Instant> deadline(ObservedSchedule observed, Instant time) {
    return Optional.ofNullable(observed.spec().startingDeadline())
        .map(span -> time.plus(TimeSpan.parse(span).duration()));
  }

  private static String nextRun(Optional<Instant> next) {
    return next.map(time -> "The next run is at " + time + ".").orElse("No run follows.");
  }

  /** The names, but not hundreds. */
  private static String some(List<String> names) {
    return names.size() <= MOST_NAMED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMED))
            + " and %d more".formatted(names.size() - MOST_NAMED);
  }

  private static Optional<Instant> soonest(Optional<Instant> one, Optional<Instant> other) {
    return Stream.concat(one.stream(), other.stream()).min(Instant::compareTo);
  }

  private static SchedulePlan plan(
      ObservedSchedule observed,
      List<ScheduleAction> before,
      ScheduledSparkAppStatus status,
      Optional<Instant> until) {
    List<String> tooOld = History.tooOld(observed);
    List<ScheduleAction> after =
        tooOld.isEmpty() ? List.of() : List.of(new ScheduleAction.Forget(tooOld));
    return new SchedulePlan(before, status, after, until.map(time -> rest(observed.now(), time)));
  }

  private static Duration rest(Instant now, Instant until) {
    Duration rest = Duration.between(now, until).plusMillis(1);
    return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
  }
}
