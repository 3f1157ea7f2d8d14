package io.sparkapp.operator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkapp.crds.ScheduledSparkAppSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimetableTest {

  @ParameterizedTest
  @CsvSource({
    "30 2 * * *,     2026-01-05T02:30:00Z",
    "*/15 * * * *,   2026-01-05T00:15:00Z",
    "5/20 * * * *,   2026-01-05T00:05:00Z",
    "0 0 ? * ?,      2026-01-06T00:00:00Z",
    "0 0 * * 7,      2026-01-11T00:00:00Z",
    "0 0 * * SUN,    2026-01-11T00:00:00Z",
    "0 0 * * sun-tue,2026-01-06T00:00:00Z",
    "0 0 * * FRI-SUN,2026-01-09T00:00:00Z",
    "0 0 1 Feb *,    2026-02-01T00:00:00Z",
    "0 0 31 * 5,     2026-01-09T00:00:00Z",
    "0 0 29 2 *,     2028-02-29T00:00:00Z",
    "@hourly,        2026-01-05T01:00:00Z",
    "@daily,         2026-01-06T00:00:00Z",
    "@midnight,      2026-01-06T00:00:00Z",
    "@weekly,        2026-01-11T00:00:00Z",
    "@monthly,       2026-02-01T00:00:00Z",
    "@yearly,        2027-01-01T00:00:00Z",
    "@annually,      2027-01-01T00:00:00Z"
  })
  void readsWhatACronJobReads(String schedule, String next) throws Exception {
    assertThat(in("UTC", schedule).next(Instant.parse("2026-01-05T00:00:00Z")))
        .contains(Instant.parse(next));
  }

  @Test
  void aLeapDayIsFoundAcrossACenturyThatHasNone() throws Exception {
    assertThat(in("Europe/Berlin", "0 0 29 2 *").next(Instant.parse("2097-01-01T00:00:00Z")))
        .contains(Instant.parse("2104-02-28T23:00:00Z"));
  }

  @Test
  void aTimeThatClocksSkipInSpringHasNoRun() throws Exception {
    assertThat(runs("Europe/Berlin", "30 2 * * *", "2026-03-27T12:00:00Z", 2))
        .containsExactly("2026-03-28T02:30+01:00", "2026-03-30T02:30+02:00");
    assertThat(runs("Europe/Berlin", "0 * * * *", "2026-03-28T23:30:00Z", 3))
        .containsExactly(
            "2026-03-29T01:00+01:00", "2026-03-29T03:00+02:00", "2026-03-29T04:00+02:00");
  }

  @Test
  void aTimeThatClocksShowTwiceInAutumnHasTwoRuns() throws Exception {
    assertThat(runs("America/New_York", "30 1 * * *", "2026-10-31T12:00:00Z", 3))
        .containsExactly(
            "2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00", "2026-11-02T01:30-05:00");
    assertThat(runs("America/New_York", "*/30 1 * * *", "2026-10-31T12:00:00Z", 4))
        .containsExactly(
            "2026-11-01T01:00-04:00",
            "2026-11-01T01:30-04:00",
            "2026-11-01T01:00-05:00",
            "2026-11-01T01:30-05:00");
  }

  /** The reference: every minute is looked at, whether the clocks show it. */
  @Test
  void runsAreAtAllMinutesThatClocksShowAndNowhereElseWhereverOneAsksFrom() throws Exception {
    for (String change :
        List.of(
            "America/New_York 2026-03-07T18:00:00Z",
            "America/New_York 2026-10-31T18:00:00Z",
            "Australia/Lord_Howe 2026-04-04T03:00:00Z",
            "Australia/Lord_Howe 2026-10-03T03:00:00Z",
            "Africa/Cairo 2026-04-23T12:00:00Z",
            "America/Santiago 2026-04-04T15:00:00Z",
            "America/Havana 2026-10-31T18:00:00Z")) {
      String zone = change.split(" ")[0];
      Instant from = Instant.parse(change.split(" ")[1]);
      Instant to = from.plus(Duration.ofHours(36));
      for (String schedule :
          List.of("0 * * * *", "30 1 * * *", "*/20 0-3 * * *", "45 23 * * *", "0 0 * * *")) {
        TreeSet<Instant> shown = new TreeSet<>();
        for (Instant time = from; time.isBefore(to); time = time.plusSeconds(60)) {
          if (Fields.of(schedule).match(time.atZone(ZoneId.of(zone)))) {
            shown.add(time);
          }
        }
        Timetable timetable = in(zone, schedule);
        for (Instant time = from; time.isBefore(to); time = time.plusSeconds(1501)) {
          Instant want = shown.higher(time);
          Optional<Instant> next = timetable.next(time).filter(each -> each.isBefore(to));
          assertThat(next).as("%s after %s %s", schedule, time, zone).isEqualTo(optional(want));
          Instant last = shown.floor(time);
          assertThat(timetable.last(from.minusSeconds(1), time))
              .as("%s until %s %s", schedule, time, zone)
              .isEqualTo(optional(last));
        }
      }
    }
  }

  /** All that the CRD's rules let pass can be read, and means what it says. */
  @Test
  void fieldsMeanWhatTheySay() throws Exception {
    Random random = new Random(2013);
    int compared = 0;
    for (int i = 0; i < 150; i++) {
      String schedule =
          String.join(
              " ",
              field(random, 0, 59, 59),
              field(random, 0, 23, 23),
              field(random, 1, 31, 31),
              field(random, 1, 12, 12),
              field(random, 0, 6, 6));
      Instant from =
          Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(random.nextInt(500_000)));
      Optional<Instant> want =
          Stream.iterate(from.plusSeconds(60), time -> time.plusSeconds(60))
              .limit(60 * 24 * 2)
              .filter(time -> Fields.of(schedule).match(time.atZone(ZoneId.of("UTC"))))
              .findFirst();
      Optional<Instant> next = next(schedule, from);
      if (want.isPresent()) {
        compared++;
        assertThat(next).as("%s after %s", schedule, from).isEqualTo(want);
      } else {
        assertThat(next.filter(time -> time.isBefore(from.plus(Duration.ofDays(2)))))
            .as("%s after %s", schedule, from)
            .isEmpty();
      }
    }
    assertThat(compared).isGreaterThan(40);
  }

  @Test
  void theLastTimeIsFoundAtOnceAlsoAfterAVeryLongAbsence() throws Exception {
    assertThat(
            in("Europe/Berlin", "* * * * *")
                .last(Instant.parse("1990-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:30Z")))
        .contains(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(
            in("Europe/Berlin", "0 0 29 2 *")
                .last(Instant.parse("1990-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:30Z")))
        .contains(Instant.parse("2024-02-28T23:00:00Z"));
  }

  @Test
  void theLastTimeIsAfterTheOneAndNotAfterTheOther() throws Exception {
    Timetable hourly = in("UTC", "@hourly");
    Instant ten = Instant.parse("2026-01-01T10:00:00Z");
    assertThat(hourly.last(ten, ten.plusSeconds(3599))).isEmpty();
    assertThat(hourly.last(ten, ten.plusSeconds(3600))).contains(ten.plusSeconds(3600));
    assertThat(hourly.last(ten, ten.minusSeconds(7200))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0 0 30 2 *", "0 0 31 4-6/2 *", "0 0 30-31 FEB *"})
  void aScheduleThatNeverFiresIsTold(String schedule) {
    assertThatThrownBy(() -> in("UTC", schedule))
        .isInstanceOf(UnusableScheduleException.class)
        .hasMessage(
            "The schedule \"%s\" never fires: none of its months has such a day; change"
                + " spec.schedule.",
            schedule);
  }

  @Test
  void aTimeZoneThatNobodyKnowsIsTold() {
    assertThatThrownBy(() -> in("Mars/Olympus", "@daily"))
        .isInstanceOf(UnusableScheduleException.class)
        .hasMessageContaining("\"Mars/Olympus\"")
        .hasMessageContaining("set spec.timeZone");
  }

  @Test
  void zonesThatJavaCallsShortNamesAreKnown() throws Exception {
    assertThat(runs("EST", "0 0 * * *", "2026-06-01T12:00:00Z", 1))
        .containsExactly("2026-06-02T00:00-05:00");
  }

  @Test
  void whatIsNoScheduleIsToldInOneSentence() {
    assertThatThrownBy(() -> in("UTC", "every morning"))
        .isInstanceOf(UnusableScheduleException.class)
        .hasMessageStartingWith("The schedule \"every morning\" can not be read: ")
        .hasMessageEndingWith("; change spec.schedule.");
  }

  private static Optional<Instant> next(String schedule, Instant from) {
    try {
      return in("UTC", schedule).next(from);
    } catch (UnusableScheduleException e) {
      assertThat(e.reason()).as(e.getMessage()).isEqualTo("NeverFires");
      return Optional.empty();
    }
  }

  private static Optional<Instant> optional(Instant time) {
    return Optional.ofNullable(time);
  }

  private static Timetable in(String zone, String schedule) throws UnusableScheduleException {
    return Timetable.of(
        new ScheduledSparkAppSpec(schedule, zone, null, null, null, null, null, null));
  }

  private static List<String> runs(String zone, String schedule, String after, int count)
      throws UnusableScheduleException {
    List<String> runs = new ArrayList<>();
    Instant time = Instant.parse(after);
    while (runs.size() < count) {
      time = in(zone, schedule).next(time).orElseThrow();
      runs.add(time.atZone(ZoneId.of(zone, ZoneId.SHORT_IDS)).toOffsetDateTime().toString());
    }
    return runs;
  }

  private static String field(Random random, int from, int to, int longestStep) {
    List<String> items = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      int low = from + random.nextInt(to - from + 1);
      int high = low + random.nextInt(to - low + 1);
      String item = List.of("*", "*", "" + low, low + "-" + high).get(random.nextInt(4));
      items.add(random.nextInt(4) == 0 ? item + "/" + (1 + random.nextInt(longestStep)) : item);
    }
    return items.contains("*") || items.contains("*/1") ? "*" : String.join(",", items);
  }

  /** A second opinion about what five fields mean; numbers only. */
  private record Fields(String[] fields) {

    static Fields of(String schedule) {
      return new Fields(schedule.split(" "));
    }

    boolean match(ZonedDateTime time) {
      boolean day = match(2, time.getDayOfMonth(), 1, 31);
      boolean weekday = match(4, time.getDayOfWeek().getValue() % 7, 0, 6);
      boolean both = fields[2].equals("*") || fields[4].equals("*");
      return match(0, time.getMinute(), 0, 59)
          && match(1, time.getHour(), 0, 23)
          && match(3, time.getMonthValue(), 1, 12)
          && (both ? day && weekday : day || weekday);
    }

    private boolean match(int field, int value, int from, int to) {
      return Stream.of(fields[field].split(",")).anyMatch(item -> item(item, value, from, to));
    }

    private static boolean item(String item, int value, int from, int to) {
      String[] parts = item.split("/");
      String[] range =
          parts[0].equals("*") ? new String[] {"" + from, "" + to} : parts[0].split("-");
      int low = Integer.parseInt(range[0]);
      int high = range.length > 1 ? Integer.parseInt(range[1]) : parts.length > 1 ? to : low;
      int step = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
      return value >= low && value <= high && (value - low) % step == 0;
    }
  }
}
