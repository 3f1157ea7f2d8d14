package io.sparkapp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkAppStatus;
import java.util.Map;

/** What applications tell of themselves, by the fields that a test is about. */
final class Statuses {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Statuses() {}

  static Progress progress(Map<String, ?> fields) {
    return JSON.convertValue(fields, Progress.class);
  }

  static SparkAppStatus status(Map<String, ?> fields) {
    return JSON.convertValue(fields, SparkAppStatus.class);
  }
}
