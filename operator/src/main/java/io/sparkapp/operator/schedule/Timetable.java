package io.sparkapp.operator.schedule;

import com.cronutils.model.time.ExecutionTime;
import io.sparkapp.crds.ScheduledSparkAppSpec;
import io.sparkapp.operator.applicationmaster.EventReason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * The times of the runs: every minute at which the clocks of the time zone show what the schedule
 * says. So, as with a CronJob, a time that clocks skip in spring has no run, and one that they show
 * twice in autumn has two; schedules that count hours have one every hour.
 *
 * <p>The cron library is asked for times at one offset from UTC only, and {@code java.time} knows
 * when that changes: the library's own answers near a change depend on where it was asked from.
 */
final class Timetable {

  /** No schedule rests longer than from one leap day over a century's end to the next. */
  private static final Duration LONGEST_REST = Duration.ofDays(9 * 366);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ExecutionTime times;
  private final ZoneId zone;

  private Timetable(ExecutionTime times, ZoneId zone) {
    this.times = times;
    this.zone = zone;
  }

  /**
   * Reads schedule and time zone.
   *
   * @throws UnusableScheduleException when there will be no run
   */
  static Timetable of(ScheduledSparkAppSpec spec) throws UnusableScheduleException {
    Timetable timetable = new Timetable(times(spec.schedule()), zone(spec.timeZone()));
    if (timetable
        .times
        .nextExecution(ZonedDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC))
        .isEmpty()) {
      throw new UnusableScheduleException(
          EventReason.NeverFires,
          "The schedule \""
              + spec.schedule()
              + "\" never fires: none of its months has such a day; change spec.schedule.");
    }
    return timetable;
  }

  /** The first time after this one. */
  Optional<Instant> next(Instant after) {
    Instant from = after.truncatedTo(ChronoUnit.MINUTES);
    Instant end = from.plus(LONGEST_REST);
    while (from.isBefore(end)) {
      Instant first = from.plus(MINUTE);
      ZoneOffset offset = zone.getRules().getOffset(first);
      Optional<Instant> found =
          times.nextExecution(from.atZone(offset)).map(ZonedDateTime::toInstant);
      Optional<Instant> change =
          Optional.ofNullable(zone.getRules().nextTransition(first))
              .map(ZoneOffsetTransition::getInstant);
      if (found.isPresent() && change.map(found.get()::isBefore).orElse(true)) {
        return found;
      }
      if (change.isEmpty()) {
        return Optional.empty();
      }
      from = change.get().minus(MINUTE);
    }
    return Optional.empty();
  }

  /**
   * The last time after one and not after another.
   *
   * <p>It is looked for from the end, for there may be very many before it.
   */
  Optional<Instant> last(Instant after, Instant notAfter) {
    Optional<Instant> last = Optional.empty();
    Duration span = MINUTE;
    Instant from = notAfter;
    while (last.isEmpty() && from.isAfter(after)) {
      Instant earlier = notAfter.minus(span);
      from = earlier.isBefore(after) ? after : earlier;
      last = next(from).filter(time -> !time.isAfter(notAfter));
      span = span.multipliedBy(2);
    }
    Optional<Instant> later = last;
    while (later.isPresent()) {
      last = later;
      later = next(later.get()).filter(time -> !time.isAfter(notAfter));
    }
    return last;
  }

  private static ExecutionTime times(String schedule) throws UnusableScheduleException {
    try {
      return CronExpression.parse(schedule);
    } catch (IllegalArgumentException e) {
      throw new UnusableScheduleException(
          EventReason.InvalidSchedule,
          "The schedule \""
              + schedule
              + "\" can not be read: "
              + e.getMessage()
              + "; change spec.schedule.");
    }
  }

  /** EST, HST and MST are zones to the API server, and short names to Java. */
  private static ZoneId zone(String name) throws UnusableScheduleException {
    try {
      return ZoneId.of(name, ZoneId.SHORT_IDS);
    } catch (DateTimeException e) {
      throw new UnusableScheduleException(
          EventReason.UnknownTimeZone,
          "The operator's time zone database does not have \""
              + name
              + "\": set spec.timeZone to another name, or upgrade the operator.");
    }
  }
}
