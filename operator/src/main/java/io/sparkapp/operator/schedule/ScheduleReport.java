package io.sparkapp.operator.schedule;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.ScheduledSparkAppStatus;
import io.sparkapp.crds.ScheduledSparkAppStatus.SkippedRun;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.operator.applicationmaster.Conditions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Composes what a schedule's status says. */
final class ScheduleReport {

  private static final String READY = "Ready";
  private static final String STALLED = "Stalled";
  private static final String SUSPENDED = "Suspended";

  private final ObservedSchedule observed;
  private final ScheduledSparkAppStatus before;

  ScheduleReport(ObservedSchedule observed) {
    this.observed = observed;
    this.before = observed.status();
  }

  /** Runs are started when their time has come. */
  ScheduledSparkAppStatus following(
      String message, Optional<Instant> next, Optional<Run> started, Optional<SkippedRun> skipped) {
    return status(
        message,
        next,
        started,
        skipped.or(this::lastSkipped),
        conditions()
            .with(READY, true, "Scheduled", "The schedule is followed.")
            .with(STALLED, false, "Scheduled", "The schedule is followed.")
            .with(SUSPENDED, false, "Scheduled", "Runs are started."));
  }

  /** Its user has suspended it. */
  ScheduledSparkAppStatus suspended(String message) {
    return status(
        message,
        Optional.empty(),
        Optional.empty(),
        lastSkipped(),
        conditions()
            .with(READY, true, "Suspended", message)
            .with(STALLED, false, "Suspended", "The schedule can be followed.")
            .with(SUSPENDED, true, "Suspended", message));
  }

  /** Nothing can come of it until its spec is changed. */
  ScheduledSparkAppStatus stalled(UnusableScheduleException why) {
    return status(
        why.getMessage(),
        Optional.empty(),
        Optional.empty(),
        lastSkipped(),
        conditions()
            .with(READY, false, why.reason().name(), why.getMessage())
            .with(STALLED, true, why.reason().name(), why.getMessage()));
  }

  /** Nobody serves its namespace. */
  ScheduledSparkAppStatus unserved(String reason, String message) {
    return new ScheduledSparkAppStatus(
        message,
        generation(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        conditions().with(READY, false, reason, message).list());
  }

  /** The same, but for what it says. */
  static ScheduledSparkAppStatus saying(ScheduledSparkAppStatus status, String message) {
    return new ScheduledSparkAppStatus(
        message,
        status.observedGeneration(),
        status.active(),
        status.activeApps(),
        status.lastApp(),
        status.lastScheduleTime(),
        status.lastSuccessfulTime(),
        status.nextScheduleTime(),
        status.skipped(),
        status.schedule(),
        status.scheduleSince(),
        status.conditions());
  }

  private ScheduledSparkAppStatus status(
      String message,
      Optional<Instant> next,
      Optional<Run> started,
      Optional<SkippedRun> skipped,
      Conditions conditions) {
    List<String> active =
        Stream.concat(observed.active().stream(), started.stream()).map(Run::name).toList();
    Optional<Run> last =
        started.or(() -> observed.runs().stream().reduce((first, second) -> second));
    // One that is gone already may have been later.
    Optional<Instant> lastTime = started.map(Run::time).or(observed::lastStart);
    return new ScheduledSparkAppStatus(
        message,
        generation(),
        active.size(),
        List.copyOf(
            active.subList(
                Math.max(0, active.size() - ScheduledSparkAppStatus.MOST_ACTIVE), active.size())),
        last.filter(run -> lastTime.filter(run.time()::equals).isPresent())
            .map(Run::name)
            .orElse(before.lastApp()),
        lastTime.map(Instant::toString).orElse(null),
        lastSuccess().map(Instant::toString).orElse(null),
        next.map(Instant::toString).orElse(null),
        skipped.orElse(null),
        observed.timetable(),
        observed.timetableSince().truncatedTo(ChronoUnit.SECONDS).toString(),
        conditions.list());
  }

  private Optional<Instant> lastSuccess() {
    Stream<String> recorded = Stream.ofNullable(before.lastSuccessfulTime());
    Stream<String> seen =
        observed.runs().stream()
            .filter(run -> run.hasEndedAs(Phase.Succeeded))
            .map(Run::status)
            .map(SparkAppStatus::ended)
            .filter(Objects::nonNull);
    return Stream.concat(recorded, seen).map(Instant::parse).max(Instant::compareTo);
  }

  private Optional<SkippedRun> lastSkipped() {
    return Optional.ofNullable(before.skipped());
  }

  private Conditions conditions() {
    return new Conditions(before.conditions(), generation(), observed.now());
  }

  private long generation() {
    Long generation = observed.schedule().getMetadata().getGeneration();
    return generation == null ? 1 : generation;
  }
}
