package io.sparkapp.operator.applicationmaster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.ExecutorRequestSpec.DriverEnd;
import io.sparkapp.crds.Progress;
import java.util.List;
import java.util.Map;

/** What a driver changes in its request: as by its merge patches, all else stays. */
final class Specs {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Specs() {}

  static ExecutorRequestSpec withProgress(ExecutorRequestSpec spec, Progress progress) {
    return with(spec, "progress", progress);
  }

  /** These fields of a driver's progress, as a driver writes them. */
  static Progress progress(Map<String, ?> fields) {
    return JSON.convertValue(fields, Progress.class);
  }

  static ExecutorRequestSpec withAsks(ExecutorRequestSpec spec, Ask... asks) {
    return with(spec, "asks", List.of(asks));
  }

  static ExecutorRequestSpec withRelease(ExecutorRequestSpec spec, String... ids) {
    return with(spec, "release", List.of(ids));
  }

  static ExecutorRequestSpec withLeaving(ExecutorRequestSpec spec, String... ids) {
    return with(spec, "leaving", List.of(ids));
  }

  static ExecutorRequestSpec withDisconnected(ExecutorRequestSpec spec, String... ids) {
    return with(spec, "disconnected", List.of(ids));
  }

  static ExecutorRequestSpec excluding(ExecutorRequestSpec spec, String... nodes) {
    return with(spec, "excludedNodes", List.of(nodes));
  }

  static ExecutorRequestSpec preferring(ExecutorRequestSpec spec, Map<String, Integer> nodes) {
    return with(spec, "preferredNodes", nodes);
  }

  static ExecutorRequestSpec stopping(ExecutorRequestSpec spec, String since) {
    return with(spec, "stopping", since);
  }

  static ExecutorRequestSpec goingOn(ExecutorRequestSpec spec) {
    return with(spec, "stopping", null);
  }

  static ExecutorRequestSpec withSeen(ExecutorRequestSpec spec, long sequence) {
    return with(spec, "seenEnded", sequence);
  }

  static ExecutorRequestSpec withEnd(ExecutorRequestSpec spec, int exitCode, String message) {
    return with(spec, "driverEnd", new DriverEnd(exitCode, message));
  }

  private static ExecutorRequestSpec with(ExecutorRequestSpec spec, String field, Object value) {
    ObjectNode fields = JSON.valueToTree(spec);
    fields.set(field, JSON.valueToTree(value));
    return JSON.convertValue(fields, ExecutorRequestSpec.class);
  }

  static Ask ask(int profile, int total) {
    return new Ask(profile, total, 2, "2048m", "384m", null);
  }
}
