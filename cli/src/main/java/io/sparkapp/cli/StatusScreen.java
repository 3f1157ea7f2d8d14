package io.sparkapp.cli;

import io.sparkapp.cli.StatusView.Warning;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestStatus;
import io.sparkapp.crds.ExecutorRequestStatus.Ended;
import io.sparkapp.crds.PastAttempt;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkAppStatus.ExecutorCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person wants to know of one application, on one screen. */
final class StatusScreen {

  private static final int MOST_WARNINGS = 5;
  private static final int MOST_ENDED = 5;
  private static final int MOST_ATTEMPTS = 5;
  private static final int MOST_LOG_LINES = 5;
  private static final String LABEL = "%-13s%s";
  private static final String INDENT = "  ";

  private final StatusView view;
  private final SparkAppStatus status;
  private final Style style;
  private final int columns;
  private final List<String> lines = new ArrayList<>();

  private StatusScreen(StatusView view, Style style, int columns) {
    this.view = view;
    this.status = ApplicationState.status(view.app());
    this.style = style;
    this.columns = columns;
  }

  /**
   * @param columns of the terminal
   */
  static List<String> lines(StatusView view, Style style, int columns) {
    StatusScreen screen = new StatusScreen(view, style, columns);
    screen.head();
    screen.attempts();
    screen.executors();
    screen.progress();
    screen.usage();
    screen.warnings();
    screen.log();
    screen.links();
    return List.copyOf(screen.lines);
  }

  /** Whether nothing more will happen to it. */
  static boolean isFinished(SparkApp app) {
    return app.getStatus() != null
        && app.getStatus().phase() != null
        && app.getStatus().phase().isTerminal();
  }

  private void head() {
    SparkApp app = view.app();
    add("Application", style.bold(app.getMetadata().getNamespace() + "/" + name()));
    Phase phase = status.phase();
    add("Phase", phase == null ? "not seen by the operator yet" : style.phase(phase, phase.name()));
    add("Message", status.message());
    add("Queue", queue());
    add("Time", time());
  }

  private String queue() {
    String queue = QueueCounts.queueOf(view.app());
    if (status.place() != null) {
      return queue + ", place " + status.place();
    }
    String wanted = view.app().getSpec().queue();
    return queue.equals(wanted) ? queue : queue + ", to move to " + wanted;
  }

  private String time() {
    Optional<Duration> duration = ApplicationState.duration(view.app(), view.now());
    if (duration.isEmpty()) {
      return null;
    }
    String so = Age.of(duration.get()) + (status.ended() == null ? " so far" : " in all");
    return TimeLeft.of(status, view.now())
        .map(left -> so + ", about " + Age.of(left) + " left of what the driver knows of")
        .orElse(so);
  }

  private void attempts() {
    if (status.attempt() != null) {
      add("Attempt", status.attempt().toString());
    }
    List<PastAttempt> past = status.history() == null ? List.of() : status.history();
    last(past, MOST_ATTEMPTS).forEach(attempt -> under(attempt(attempt)));
    add("Driver", driver());
  }

  private static String attempt(PastAttempt attempt) {
    String ran =
        attempt.started() == null || attempt.ended() == null
            ? ""
            : " after "
                + Age.of(
                    Duration.between(
                        Instant.parse(attempt.started()), Instant.parse(attempt.ended())));
    return "attempt %d %s%s: %s"
        .formatted(
            attempt.attempt(),
            switch (attempt.outcome()) {
              case Succeeded -> "succeeded";
              case Failed -> "failed";
              case Lost -> "was lost";
              case Suspended -> "was suspended";
              case Changed -> "was changed";
            },
            ran,
            attempt.message());
  }

  private String driver() {
    if (status.driver() == null || status.driver().pod() == null) {
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

  private void executors() {
    ExecutorCounts counts = status.executors();
    if (counts == null) {
      return;
    }
    add(
        "Executors",
        "%d asked for, %d granted, %d running, %d failed"
            .formatted(counts.asked(), counts.granted(), counts.running(), counts.failed()));
    Optional<ExecutorRequestStatus> answer = view.request().map(ExecutorRequest::answered);
    answer
        .map(ExecutorRequestStatus::message)
        .filter(text -> !text.isEmpty())
        .ifPresent(this::under);
    List<Ended> ended = answer.map(ExecutorRequestStatus::ended).orElse(List.of());
    last(ended, MOST_ENDED).stream()
        .filter(
            one ->
                view.warnings().stream().noneMatch(event -> event.message().equals(one.message())))
        .forEach(one -> under(one.cause() + ": " + one.message()));
  }

  private void progress() {
    Progress progress = status.progress();
    if (progress == null || progress.jobs() == null) {
      return;
    }
    Integer failed = progress.tasks().failed();
    add(
        "Progress",
        "%d of %d jobs, %d of %d stages, %d of %d tasks%s"
            .formatted(
                progress.jobs().done(),
                progress.jobs().total(),
                progress.stages().done(),
                progress.stages().total(),
                progress.tasks().done(),
                progress.tasks().total(),
                failed == null || failed == 0 ? "" : ", " + failed + " failed"));
    if (!isFinished(view.app())) {
      ProgressBars.lines(progress, columns - INDENT.length())
          .forEach(bar -> lines.add(INDENT + bar));
    }
  }

  /** What it used, and what would have done, once it has ended. */
  private void usage() {
    UsageLines.of(status.usage()).forEach(sentence -> add("Usage", sentence));
  }

  private void warnings() {
    if (view.warnings().isEmpty()) {
      return;
    }
    lines.add("Warnings:");
    for (Warning warning : last(view.warnings(), MOST_WARNINGS)) {
      String times = warning.count() > 1 ? " (" + warning.count() + " times)" : "";
      lines.add(
          "%s%-6s%s %s%s"
              .formatted(
                  INDENT,
                  Age.between(warning.at(), view.now()),
                  style.bad(warning.reason() + ":"),
                  plain(warning.message()),
                  times));
    }
  }

  /** The last lines of a driver that failed; the status keeps them, also when its pod is gone. */
  private void log() {
    List<String> log = status.driver() == null ? null : status.driver().log();
    if (log == null || log.isEmpty()) {
      return;
    }
    lines.add("Last words of the driver:");
    last(log, MOST_LOG_LINES).forEach(line -> lines.add(INDENT + style.faint(plain(line))));
  }

  private void links() {
    String about = " " + name() + view.options();
    if (status.phase() == null || status.phase() == Phase.Waiting) {
      add("More", "sparkapp explain" + about);
      return;
    }
    add("Logs", "sparkapp logs" + about);
    add("Spark UI", "sparkapp ui" + about);
    add("Why", "sparkapp explain" + about);
  }

  private String name() {
    return view.app().getMetadata().getName();
  }

  private void add(String label, String value) {
    if (value != null && !value.isEmpty()) {
      lines.add(LABEL.formatted(label + ":", value.replace("\n", " ")));
    }
  }

  /** More about the line above. */
  private void under(String text) {
    lines.add(LABEL.formatted("", plain(text)));
  }

  /** Nothing that a program wrote may move the cursor. */
  private static String plain(String text) {
    return text == null ? "" : text.replaceAll("\\p{Cntrl}+", " ");
  }

  private static <T> List<T> last(List<T> all, int most) {
    return all.subList(Math.max(0, all.size() - most), all.size());
  }
}
