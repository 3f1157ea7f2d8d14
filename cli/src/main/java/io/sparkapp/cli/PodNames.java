package io.sparkapp.cli;

import io.sparkapp.crds.SparkApp;
import java.util.Map;

/**
 * Names and labels of an attempt's pods, as the operator gives them.
 *
 * @param app the SparkApp's name
 * @param attempt from 1
 */
record PodNames(String app, int attempt) {

  static final String DRIVER = "driver";
  static final String EXECUTOR = "executor";

  private static final String ROLE = SparkApp.GROUP + "/role";
  private static final String EXECUTOR_ID = SparkApp.GROUP + "/executor-id";
  private static final String APP = SparkApp.GROUP + "/app";
  private static final String ATTEMPT = SparkApp.GROUP + "/attempt";

  String driver() {
    return app + "-" + attempt + "-driver";
  }

  String executor(int id) {
    return app + "-" + attempt + "-exec-" + id;
  }

  /** Selects the pods of this attempt. */
  Map<String, String> labels() {
    return Map.of(APP, app, ATTEMPT, Integer.toString(attempt));
  }

  /** Selects pods that belong to an application, whichever it is. */
  static String anyApplication() {
    return APP;
  }

  /** Driver or executor; the pod's main container has the same name. */
  static String role(Map<String, String> labels) {
    return labels.getOrDefault(ROLE, "");
  }

  static String app(Map<String, String> labels) {
    return labels.getOrDefault(APP, "");
  }

  /** As {@code driver} or {@code exec-7}. */
  static String brief(Map<String, String> labels) {
    return role(labels).equals(EXECUTOR)
        ? "exec-" + labels.getOrDefault(EXECUTOR_ID, "?")
        : role(labels);
  }
}
