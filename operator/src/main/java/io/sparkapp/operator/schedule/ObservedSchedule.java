package io.sparkapp.operator.schedule;

import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.ScheduledSparkAppSpec;
import io.sparkapp.crds.ScheduledSparkAppStatus;
import io.sparkapp.crds.SparkApp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a decision is made from.
 *
 * @param schedule the schedule
 * @param apps SparkApps with its label; those that it does not own are none of its runs
 * @param now the time
 */
public record ObservedSchedule(ScheduledSparkApp schedule, List<SparkApp> apps, Instant now) {

  public ObservedSchedule {
    apps = List.copyOf(apps);
  }

  public ScheduledSparkAppStatus status() {
    return schedule.getStatus() == null ? ScheduledSparkAppStatus.NONE : schedule.getStatus();
  }

  ScheduledSparkAppSpec spec() {
    return schedule.getSpec();
  }

  /** By their time, the earliest first. */
  List<Run> runs() {
    return apps.stream()
        .flatMap(app -> Run.of(schedule, app).stream())
        .sorted(Comparator.comparing(Run::time))
        .toList();
  }

  /** Those that have not ended, deleted or not. */
  List<Run> active() {
    return runs().stream().filter(run -> !run.hasEnded()).toList();
  }

  Optional<Instant> lastStart() {
    Stream<Instant> recorded =
        Optional.ofNullable(status().lastScheduleTime()).map(Instant::parse).stream();
    return Stream.concat(recorded, runs().stream().map(Run::time)).max(Instant::compareTo);
  }

  /** Schedule and time zone, as the status remembers them. */
  String timetable() {
    return spec().schedule() + " " + spec().timeZone();
  }

  /**
   * Since when runs are due: since the schedule was created, or since it was seen to be another. A
   * new schedule makes up for nothing that an old one did not have.
   */
  Instant timetableSince() {
    if (status().schedule() == null) {
      return Instant.parse(schedule.getMetadata().getCreationTimestamp());
    }
    return timetable().equals(status().schedule()) ? Instant.parse(status().scheduleSince()) : now;
  }
}
