package io.sparkapp.operator.schedule;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.ScheduledSparkAppStatus;
import io.sparkapp.operator.applicationmaster.EventReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Events of what has happened to runs. */
final class News {

  private News() {}

  /** What the status, as it was written last, does not know yet. */
  static List<ScheduleAction> of(ObservedSchedule observed) {
    ScheduledSparkAppStatus status = observed.status();
    Optional<Instant> recorded = Optional.ofNullable(status.lastScheduleTime()).map(Instant::parse);
    List<String> active = status.activeApps() == null ? List.of() : status.activeApps();
    Stream<ScheduleAction> starts =
        observed.runs().stream()
            .filter(run -> recorded.map(run.time()::isAfter).orElse(true))
            .map(News::started);
    Stream<ScheduleAction> ends =
        observed.runs().stream()
            .filter(run -> run.hasEnded() && active.contains(run.name()))
            .map(News::ended);
    return Stream.concat(starts, ends).toList();
  }

  static ScheduleAction started(Run run) {
    return new ScheduleAction.Announce(
        EventReason.RunStarted, "Started %s for the run of %s.".formatted(run.name(), run.time()));
  }

  private static ScheduleAction ended(Run run) {
    return run.hasEndedAs(Phase.Succeeded)
        ? new ScheduleAction.Announce(EventReason.RunSucceeded, end(run))
        : new ScheduleAction.Announce(EventReason.RunFailed, end(run));
  }

  /** How it ended, as a sentence. */
  static String end(Run run) {
    return run.hasEndedAs(Phase.Succeeded)
        ? run.name() + " succeeded."
        : "%s failed: %s".formatted(run.name(), run.status().message());
  }
}
