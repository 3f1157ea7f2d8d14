package io.sparkapp.cli;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One line on how an application goes as a whole: what it waits for, or how far it is. */
final class RunHeadline {

  private RunHeadline() {}

  /**
   * While it runs.
   *
   * @param columns of the terminal
   */
  static String line(SparkApp app, Instant now, int columns) {
    SparkAppStatus status = ApplicationState.status(app);
    Phase phase = ApplicationState.phase(app);
    String so = Age.between(Instant.parse(app.getMetadata().getCreationTimestamp()), now);
    boolean works = phase == Phase.Running && hasWork(status.progress());
    String what = works ? progress(status, now) : said(status);
    String line = "%s, %s so far%s".formatted(phase, so, what.isEmpty() ? "." : ": " + what);
    return line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
  }

  private static boolean hasTasks(Progress progress) {
    return progress != null
        && progress.stages() != null
        && progress.tasks() != null
        && progress.tasks().total() > 0;
  }

  private static boolean hasWork(Progress progress) {
    return hasTasks(progress) && progress.tasks().done() < progress.tasks().total();
  }

  private static String said(SparkAppStatus status) {
    return status.message() == null ? "" : status.message().replaceAll("\\p{Cntrl}+", " ");
  }

  private static String progress(SparkAppStatus status, Instant now) {
    List<String> parts = new ArrayList<>();
    Progress progress = status.progress();
    parts.add(
        "%d of %d tasks, %d of %d stages"
            .formatted(
                progress.tasks().done(),
                progress.tasks().total(),
                progress.stages().done(),
                progress.stages().total()));
    if (status.executors() != null && status.executors().summary() != null) {
      parts.add(status.executors().summary() + " executors");
    }
    TimeLeft.of(status, now).ifPresent(left -> parts.add("about " + Age.of(left) + " left"));
    return String.join(", ", parts);
  }

  /** At its end. */
  static String summary(SparkApp app, Instant now) {
    SparkAppStatus status = ApplicationState.status(app);
    List<String> parts = new ArrayList<>();
    if (hasTasks(status.progress())) {
      parts.add(status.progress().stages().done() + " stages");
      parts.add(status.progress().tasks().done() + " tasks");
    }
    if (status.attempt() != null && status.attempt() > 1) {
      parts.add(status.attempt() + " attempts");
    }
    if (status.driver() != null && status.driver().exitCode() != null) {
      parts.add("the driver's exit code is " + status.driver().exitCode());
    }
    String took =
        ApplicationState.duration(app, now).map(time -> " after " + Age.of(time)).orElse("");
    String name = app.getMetadata().getName();
    String all = parts.isEmpty() ? "." : ": " + String.join(", ", parts) + ".";
    return status.phase() == Phase.Succeeded
        ? name + " succeeded" + took + all
        : name + " failed" + took + all + " sparkapp explain " + name + " says more.";
  }
}
