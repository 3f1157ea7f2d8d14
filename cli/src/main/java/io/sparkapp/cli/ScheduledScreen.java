package io.sparkapp.cli;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.ScheduledSparkAppStatus;
import io.sparkapp.crds.SparkApp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Schedules, one a line.
 *
 * @param namespaces whether the namespace is a column
 * @param wide whether what they say is one
 * @param now the time that others are told relative to
 */
record ScheduledScreen(boolean namespaces, boolean wide, Instant now, Style style) {

  private static final List<String> TITLES =
      List.of(
          "NAME",
          "SCHEDULE",
          "TIME ZONE",
          "SUSPENDED",
          "ACTIVE",
          "NEXT",
          "LAST",
          "LAST RUN",
          "OUTCOME");

  /**
   * With a header.
   *
   * @param runs the applications that are still there, by namespace and name
   */
  List<String> lines(List<ScheduledSparkApp> schedules, Map<String, SparkApp> runs) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(header());
    schedules.forEach(schedule -> rows.add(row(schedule, runs)));
    int outcome = rows.get(0).indexOf("OUTCOME");
    return Table.lines(
        rows,
        Integer.MAX_VALUE,
        (row, column, text) ->
            row == 0
                ? style.bold(text)
                : column == outcome ? style.phase(phase(text), text) : text);
  }

  private List<String> header() {
    List<String> header = new ArrayList<>(TITLES);
    if (namespaces) {
      header.add(0, "NAMESPACE");
    }
    if (wide) {
      header.add("MESSAGE");
    }
    return header;
  }

  private List<String> row(ScheduledSparkApp schedule, Map<String, SparkApp> runs) {
    ScheduledSparkAppStatus status =
        schedule.getStatus() == null ? ScheduledSparkAppStatus.NONE : schedule.getStatus();
    String namespace = schedule.getMetadata().getNamespace();
    List<String> row = new ArrayList<>();
    if (namespaces) {
      row.add(namespace);
    }
    row.add(schedule.getMetadata().getName());
    row.add(schedule.getSpec().schedule());
    row.add(schedule.getSpec().timeZone());
    row.add(schedule.getSpec().suspend() ? "yes" : "");
    row.add(status.active() == null ? "" : status.active().toString());
    row.add(schedule.getSpec().suspend() ? "" : next(status.nextScheduleTime()));
    row.add(ago(status.lastScheduleTime()));
    row.add(status.lastApp());
    row.add(outcome(runs.get(namespace + "/" + status.lastApp())));
    if (wide) {
      row.add(status.message());
    }
    return row;
  }

  /** Of a run that is deleted already nobody knows it any more. */
  private static String outcome(SparkApp run) {
    return run == null ? "" : ApplicationState.phase(run).name();
  }

  private static Phase phase(String text) {
    return text.isEmpty() ? null : Phase.valueOf(text);
  }

  private String next(String time) {
    return time == null ? "" : "in " + Age.of(Duration.between(now, Instant.parse(time)));
  }

  private String ago(String time) {
    return time == null ? "" : Age.between(Instant.parse(time), now) + " ago";
  }
}
