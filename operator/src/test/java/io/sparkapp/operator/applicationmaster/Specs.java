package io.sparkapp.operator.applicationmaster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.ExecutorRequestSpec.DriverEnd;
import io.sparkapp.crds.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a driver changes in its request. */
final class Specs {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Specs() {}

  static ExecutorRequestSpec withProgress(ExecutorRequestSpec spec, Progress progress) {
    return new ExecutorRequestSpec(
        spec.asks(),
        spec.release(),
        spec.leaving(),
        spec.disconnected(),
        null,
        null,
        spec.seenEnded(),
        progress,
        null,
        spec.stopping(),
        spec.opening());
  }

  /** These fields of a driver's progress, as a driver writes them. */
  static Progress progress(Map<String, ?> fields) {
    return JSON.convertValue(fields, Progress.class);
  }

  static ExecutorRequestSpec withAsks(ExecutorRequestSpec spec, Ask... asks) {
    return new ExecutorRequestSpec(
        List.of(asks),
        spec.release(),
        spec.leaving(),
        spec.disconnected(),
        null,
        null,
        spec.seenEnded(),
        null,
        null,
        spec.stopping(),
        spec.opening());
  }

  static ExecutorRequestSpec withRelease(ExecutorRequestSpec spec, String... ids) {
    return new ExecutorRequestSpec(
        spec.asks(),
        List.of(ids),
        spec.leaving(),
        spec.disconnected(),
        null,
        null,
        spec.seenEnded(),
        null,
        null,
        spec.stopping(),
        spec.opening());
  }

  static ExecutorRequestSpec withLeaving(ExecutorRequestSpec spec, String... ids) {
    return new ExecutorRequestSpec(
        spec.asks(),
        spec.release(),
        List.of(ids),
        spec.disconnected(),
        null,
        null,
        spec.seenEnded(),
        spec.progress(),
        null,
        spec.stopping(),
        spec.opening());
  }

  static ExecutorRequestSpec withDisconnected(ExecutorRequestSpec spec, String... ids) {
    return new ExecutorRequestSpec(
        spec.asks(),
        spec.release(),
        spec.leaving(),
        List.of(ids),
        null,
        null,
        spec.seenEnded(),
        null,
        null,
        spec.stopping(),
        spec.opening());
  }

  static ExecutorRequestSpec stopping(ExecutorRequestSpec spec, Instant since) {
    return stopping(spec, since.toString());
  }

  static ExecutorRequestSpec goingOn(ExecutorRequestSpec spec) {
    return stopping(spec, (String) null);
  }

  private static ExecutorRequestSpec stopping(ExecutorRequestSpec spec, String since) {
    return new ExecutorRequestSpec(
        spec.asks(),
        spec.release(),
        spec.leaving(),
        spec.disconnected(),
        null,
        null,
        spec.seenEnded(),
        spec.progress(),
        spec.driverEnd(),
        since,
        spec.opening());
  }

  static ExecutorRequestSpec withSeen(ExecutorRequestSpec spec, long sequence) {
    return new ExecutorRequestSpec(
        spec.asks(),
        spec.release(),
        spec.leaving(),
        spec.disconnected(),
        null,
        null,
        sequence,
        null,
        null,
        spec.stopping(),
        spec.opening());
  }

  static ExecutorRequestSpec withEnd(ExecutorRequestSpec spec, int exitCode, String message) {
    return new ExecutorRequestSpec(
        spec.asks(),
        spec.release(),
        spec.leaving(),
        spec.disconnected(),
        null,
        null,
        spec.seenEnded(),
        spec.progress(),
        new DriverEnd(exitCode, message),
        spec.stopping(),
        spec.opening());
  }

  static Ask ask(int profile, int total) {
    return new Ask(profile, total, 2, "2048m", "384m", null);
  }
}
