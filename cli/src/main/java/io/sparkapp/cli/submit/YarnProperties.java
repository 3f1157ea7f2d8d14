package io.sparkapp.cli.submit;

import io.sparkapp.crds.RestartSpec;

/** What Spark on YARN knows and a SparkApp too; the rest of it is named. */
final class YarnProperties {

  private final PropertyTranslation properties;
  private final AppDraft draft;
  private final Remarks remarks;

  YarnProperties(PropertyTranslation properties) {
    this.properties = properties;
    this.draft = properties.draft();
    this.remarks = properties.remarks();
  }

  void translate() {
    properties.field("spark.yarn.queue", "queue");
    attempts();
    for (String key : new String[] {"spark.yarn.jars", "spark.yarn.archive"}) {
      properties.note(key, "it is not needed: Spark is in the image.");
    }
    properties.note(
        "spark.yarn.submit.waitAppCompletion", "say --follow or --no-follow to sparkapp submit.");
    properties.note("spark.yarn.stagingDir", "it is not needed: nothing is staged.");
    properties.lost(
        "spark.yarn.priority",
        "set priorityClassName to a PriorityClass of the cluster: that is its priority here.");
    properties.lost("spark.yarn.tags", "put labels into metadata.labels instead.");
    for (String key :
        new String[] {
          "spark.yarn.am.nodeLabelExpression", "spark.yarn.executor.nodeLabelExpression"
        }) {
      properties.lost(key, "set nodeSelector in driver.template or executor.template instead.");
    }
    properties
        .takeAll("spark.yarn.")
        .keySet()
        .forEach(
            key ->
                remarks.lost(
                    "spark.yarn." + key, "it is YARN's own, and a SparkApp has nothing like it."));
  }

  private void attempts() {
    String key = "spark.yarn.maxAppAttempts";
    properties
        .take(key)
        .ifPresent(
            written -> {
              if (!written.matches("[1-9][0-9]{0,3}")) {
                remarks.refused(key, "\"" + written + "\" is no number of attempts.");
                return;
              }
              int attempts = Integer.parseInt(written);
              draft.set("restart.policy", attempts == 1 ? "Never" : "OnFailure");
              if (attempts > 1) {
                draft.set("restart.maxAttempts", Math.min(attempts, RestartSpec.MOST_ATTEMPTS));
              }
              if (attempts > RestartSpec.MOST_ATTEMPTS) {
                remarks.note(key, "there are at most " + RestartSpec.MOST_ATTEMPTS + " attempts.");
              }
            });
  }
}
