package io.sparkapp.cli;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.util.Map;
import java.util.Optional;

/** Where Spark's own UI of an application is, or why there is none. */
final class SparkUi {

  private static final String PORT = "4040";

  private SparkUi() {}

  /**
   * The port that the driver of a running application serves it at.
   *
   * @throws CommandFailure saying why there is none
   */
  static int port(SparkApp app) {
    String name = app.getMetadata().getName();
    Map<String, String> conf = app.getSpec().sparkConf();
    if ("false".equals(conf.get("spark.ui.enabled"))) {
      throw CommandFailure.failed(
          "Application "
              + name
              + " has no Spark UI: its sparkConf sets spark.ui.enabled to false.");
    }
    SparkAppStatus status = ApplicationState.status(app);
    boolean runs =
        status.phase() == Phase.Running
            && status.driver() != null
            && status.driver().address() != null;
    if (!runs) {
      throw CommandFailure.failed(
          "The driver of %s does not run yet: %s"
              .formatted(
                  name, status.message() == null ? "nobody has seen it." : status.message()));
    }
    String port = conf.getOrDefault("spark.ui.port", PORT);
    if (!port.matches("[1-9][0-9]{0,4}")) {
      throw CommandFailure.failed(
          "The Spark UI of "
              + name
              + " is at a port that nobody knows: spark.ui.port is "
              + port
              + ".");
    }
    return Integer.parseInt(port);
  }

  /**
   * Where the history server has one that has ended.
   *
   * @param server the address of the history server, when it is known
   * @throws CommandFailure saying what is missing
   */
  static String history(SparkApp app, Optional<String> server) {
    String name = app.getMetadata().getName();
    Map<String, String> conf = app.getSpec().sparkConf();
    if (!"true".equals(conf.get("spark.eventLog.enabled"))) {
      throw CommandFailure.failed(
          "%s has ended, and its Spark UI with it; it wrote no event log, for its sparkConf does not set spark.eventLog.enabled. sparkapp status %s tells what is known."
              .formatted(name, name));
    }
    String logs = conf.getOrDefault("spark.eventLog.dir", "Spark's default directory");
    return server
        .filter(url -> !url.isEmpty())
        .map(
            url ->
                url.replaceAll("/+$", "")
                    + "/history/"
                    + ApplicationState.status(app).applicationId()
                    + "/jobs/")
        .orElseThrow(
            () ->
                CommandFailure.failed(
                    "%s has ended; its event log is in %s: a history server that reads it shows it, name yours with --history."
                        .formatted(name, logs)));
  }
}
