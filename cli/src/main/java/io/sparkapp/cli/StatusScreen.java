package io.sparkapp.cli;

import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a person wants to know of one application, on one screen. */
final class StatusScreen {

  private static final int WIDTH = 80;

  private StatusScreen() {}

  static List<String> lines(SparkApp app, Clock clock) {
    SparkAppStatus status = app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
    List<String> lines = new ArrayList<>();
    add(lines, "Application", app.getMetadata().getNamespace() + "/" + app.getMetadata().getName());
    add(
        lines,
        "Phase",
        status.phase() == null ? "not seen by the operator yet" : status.phase().name());
    add(lines, "Message", status.message());
    add(lines, "Queue", app.getSpec().queue());
    add(lines, "Attempt", status.attempt() == null ? null : status.attempt().toString());
    add(lines, "Driver", driver(status));
    add(lines, "Executors", executors(status));
    add(lines, "Time", time(status, clock));
    add(lines, "Progress", progress(status.progress()));
    if (status.phase() != null && !status.phase().isTerminal()) {
      ProgressBars.lines(status.progress(), WIDTH).forEach(bar -> lines.add("  " + bar));
    }
    return lines;
  }

  /** Whether nothing more will happen to it. */
  static boolean isFinished(SparkApp app) {
    return app.getStatus() != null
        && app.getStatus().phase() != null
        && app.getStatus().phase().isTerminal();
  }

  private static void add(List<String> lines, String label, String value) {
    if (value != null) {
      lines.add(String.format("%-13s%s", label + ":", value));
    }
  }

  private static String driver(SparkAppStatus status) {
    if (status.driver() == null) {
      return null;
    }
    String text = status.driver().pod();
    if (status.driver().address() != null) {
      text += " at " + status.driver().address();
    }
    return status.driver().exitCode() == null
        ? text
        : text + ", exit code " + status.driver().exitCode();
  }

  private static String executors(SparkAppStatus status) {
    var executors = status.executors();
    return executors == null
        ? null
        : executors.running()
            + " running, "
            + executors.asked()
            + " asked for, "
            + executors.granted()
            + " granted, "
            + executors.failed()
            + " failed";
  }

  private static String time(SparkAppStatus status, Clock clock) {
    if (status.started() == null) {
      return null;
    }
    Instant end = status.ended() == null ? clock.instant() : Instant.parse(status.ended());
    return Age.of(Duration.between(Instant.parse(status.started()), end))
        + (status.ended() == null ? " so far" : " in all");
  }

  private static String progress(Progress progress) {
    return progress == null || progress.jobs() == null
        ? null
        : progress.jobs().done()
            + " of "
            + progress.jobs().total()
            + " jobs, "
            + progress.stages().done()
            + " of "
            + progress.stages().total()
            + " stages, "
            + progress.tasks().done()
            + " of "
            + progress.tasks().total()
            + " tasks";
  }
}
