package io.sparkapp.cli.convert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkapp.cli.submit.SpecOrder;
import io.sparkapp.crds.ScheduledSparkAppSpec;

/** The spec of a ScheduledSparkApplication, but for its template. */
final class SparkOperatorSchedule {

  private final Findings findings;

  SparkOperatorSchedule(Findings findings) {
    this.findings = findings;
  }

  /**
   * @param template the spec of its SparkApps
   */
  ObjectNode spec(Source source, ObjectNode template) {
    ObjectNode spec = template.objectNode();
    source.field("schedule").ifPresent(schedule -> schedule(schedule, spec));
    source
        .field("timeZone")
        .ifPresent(
            zone ->
                zone.text()
                    .ifPresent(
                        name -> {
                          if (name.equals("Local")) {
                            findings.lost(
                                zone, "name the zone, such as Europe/Berlin; it is Etc/UTC now.");
                          } else {
                            spec.put("timeZone", name);
                          }
                        }));
    source.flag("suspend").filter(yes -> yes).ifPresent(yes -> spec.put("suspend", true));
    source.text("concurrencyPolicy").ifPresent(policy -> spec.put("concurrencyPolicy", policy));
    limit(source, "successfulRunHistoryLimit", "successfulHistoryLimit", spec);
    limit(source, "failedRunHistoryLimit", "failedHistoryLimit", spec);
    spec.set("template", template);
    return SpecOrder.of(spec, ScheduledSparkAppSpec.class);
  }

  private static void limit(Source source, String name, String field, ObjectNode spec) {
    source.number(name).ifPresent(limit -> spec.put(field, limit));
  }

  private void schedule(Source source, ObjectNode spec) {
    source
        .text()
        .ifPresent(
            text -> {
              String schedule = text.strip();
              if (schedule.matches("(CRON_)?TZ=\\S+ .*")) {
                spec.put(
                    "timeZone",
                    schedule.substring(schedule.indexOf('=') + 1, schedule.indexOf(' ')));
                schedule = schedule.substring(schedule.indexOf(' ') + 1).strip();
              }
              if (schedule.startsWith("@every")) {
                every(schedule.substring("@every".length()).strip(), source, spec);
              } else {
                spec.put("schedule", schedule);
              }
            });
  }

  /** Cron has no such word; what divides an hour or a day can be said all the same. */
  private void every(String time, Source source, ObjectNode spec) {
    if (time.matches("([1-5]?[0-9])m") && divides(time, 60)) {
      spec.put("schedule", "*/" + time.substring(0, time.length() - 1) + " * * * *");
    } else if (time.matches("([1-9]|1[0-9]|2[0-3])h") && divides(time, 24)) {
      spec.put("schedule", "0 */" + time.substring(0, time.length() - 1) + " * * *");
    } else {
      spec.put("schedule", "@hourly");
      findings.lost(
          source, "cron knows no @every " + time + "; it runs every hour now: change it.");
      return;
    }
    findings.note(source, "it runs by the clock, and no longer from when it was applied.");
  }

  private static boolean divides(String time, int whole) {
    int part = Integer.parseInt(time.substring(0, time.length() - 1));
    return part > 0 && whole % part == 0;
  }
}
