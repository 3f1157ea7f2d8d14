package io.sparkapp.cli.submit;

import io.sparkapp.crds.PodTemplate;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/** Properties of the application as a whole that have a field, or that the operator sets. */
final class ApplicationProperties {

  private static final String OPERATORS = "the operator sets it for each attempt: leave it out.";

  private static final String KERBEROS =
      "a keytab of this machine is no driver's: put it into a Secret, mount that with"
          + " driver.template, and log in with it in the program, or set"
          + " spark.kerberos.keytab in sparkConf to where it is mounted.";

  private final PropertyTranslation properties;
  private final AppDraft draft;
  private final Remarks remarks;

  ApplicationProperties(PropertyTranslation properties) {
    this.properties = properties;
    this.draft = properties.draft();
    this.remarks = properties.remarks();
  }

  void translate() {
    name();
    setByOperator();
    dependencies();
    environment();
    kerberos();
    properties.field("spark.sparkapp.queue", "queue");
    properties.field("spark.sparkapp.image", "image");
    properties.field("spark.sparkapp.timeToLive", "timeToLive");
    properties.lost("spark.sparkapp.context", "say --context instead.");
    properties.lost(
        "spark.sparkapp.leaseDuration", "it is for a driver outside of the cluster (client mode).");
    failures("spark.executor.maxNumFailures");
    properties.takeAll("spark.hadoop.").forEach(this::hadoop);
    properties
        .take("spark.driver.supervise")
        .filter(Boolean::parseBoolean)
        .ifPresent(
            supervise -> {
              draft.set("restart.policy", "OnFailure");
              remarks.note(
                  "spark.driver.supervise",
                  "becomes restart.policy OnFailure, which gives up after restart.maxAttempts, 2 if"
                      + " you say nothing.");
            });
  }

  private void name() {
    properties.take("spark.sparkapp.name").ifPresent(name -> draft.metadata().put("name", name));
    properties
        .take("spark.app.name")
        .filter(name -> !name.isEmpty())
        .ifPresent(
            name -> {
              String made = AppName.of(name, AppName.LONGEST);
              if (!draft.metadata().has("name")) {
                draft.metadata().put("name", made);
              }
              if (!name.equals(draft.metadata().path("name").asText())) {
                draft.conf("spark.app.name", name);
              }
            });
  }

  private void setByOperator() {
    for (String key :
        new String[] {
          "spark.app.id", "spark.driver.host", "spark.driver.port", "spark.driver.bindAddress"
        }) {
      properties.lost(key, OPERATORS);
    }
    properties.lost("spark.master", OPERATORS);
    properties.lost("spark.master.url.prefix", OPERATORS);
    properties.lost("spark.submit.deployMode", "the driver's place is spec.placement.");
    properties.lost(
        "spark.remote",
        "a Spark Connect client needs no driver of its own: run the program itself.");
    properties
        .take("spark.shuffle.service.enabled")
        .filter(Boolean::parseBoolean)
        .ifPresent(
            yes ->
                remarks.lost(
                    "spark.shuffle.service.enabled",
                    "nodes have no shuffle service here: an executor that goes hands its files over"
                        + " to others."));
    properties.lost(
        "spark.authenticate.secret", "the operator makes a secret for each attempt: leave it out.");
    properties
        .take("spark.authenticate")
        .ifPresent(
            value -> {
              if (Boolean.parseBoolean(value)) {
                remarks.note("spark.authenticate", "it is always on here.");
              } else {
                remarks.lost(
                    "spark.authenticate", "it is always on here, and can not be turned off.");
              }
            });
  }

  private void dependencies() {
    files("spark.jars", "dependencies.jars");
    files("spark.files", "dependencies.files");
    files("spark.submit.pyFiles", "dependencies.pyFiles");
    files("spark.archives", "dependencies.archives");
    files("spark.yarn.dist.jars", "dependencies.jars");
    files("spark.yarn.dist.files", "dependencies.files");
    files("spark.yarn.dist.pyFiles", "dependencies.pyFiles");
    files("spark.yarn.dist.archives", "dependencies.archives");
    list("spark.jars.packages", coordinate("dependencies.packages", "spark.jars.packages", 3));
    list(
        "spark.jars.excludes",
        coordinate("dependencies.excludePackages", "spark.jars.excludes", 2));
    list("spark.jars.repositories", value -> draft.add("dependencies.repositories", value));
  }

  private Consumer<String> coordinate(String path, String key, int parts) {
    return value -> {
      if (value.split(":", -1).length == parts) {
        draft.add(path, value);
      } else {
        remarks.refused(
            key, value + " is not " + (parts == 3 ? "group:artifact:version." : "group:artifact."));
      }
    };
  }

  private void files(String key, String path) {
    list(
        key,
        value ->
            properties
                .locations()
                .of(key, value, remarks)
                .ifPresent(location -> draft.add(path, location)));
  }

  private void list(String key, Consumer<String> each) {
    properties
        .take(key)
        .ifPresent(
            values ->
                Arrays.stream(values.split(","))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .forEach(each));
  }

  private void environment() {
    for (String prefix : new String[] {"spark.kubernetes.driverEnv.", "spark.yarn.appMasterEnv."}) {
      properties
          .takeAll(prefix)
          .forEach((name, value) -> driverVariable(prefix + name, name, value));
    }
    properties
        .take("spark.driver.extraLibraryPath")
        .ifPresent(path -> draft.driver().env("LD_LIBRARY_PATH", path));
    properties
        .take("spark.executor.extraLibraryPath")
        .ifPresent(path -> draft.conf("spark.executorEnv.LD_LIBRARY_PATH", path));
  }

  private void driverVariable(String key, String name, String value) {
    if (PodTemplate.isReservedVariable(name)) {
      remarks.lost(key, "the operator talks to its containers by such variables.");
    } else {
      draft.driver().env(name, value);
    }
  }

  private void kerberos() {
    for (String key :
        new String[] {
          "spark.kerberos.keytab",
          "spark.yarn.keytab",
          "spark.kerberos.principal",
          "spark.yarn.principal"
        }) {
      properties.take(key).ifPresent(value -> remarks.refused(key, KERBEROS));
    }
  }

  private void hadoop(String key, String value) {
    if (key.startsWith("spark.")) {
      draft.conf("spark.hadoop." + key, value.strip());
    } else {
      draft.hadoopConf(key, value.strip());
    }
  }

  private void failures(String key) {
    Map<String, String> keys =
        Map.of(
            key,
            "limits.executorFailures",
            "spark.yarn.max.executor.failures",
            "limits.executorFailures");
    keys.forEach(
        (property, path) ->
            properties
                .take(property)
                .ifPresent(
                    count -> {
                      if (count.matches("[1-9][0-9]{0,5}")) {
                        draft.set(path, Integer.parseInt(count));
                      } else {
                        remarks.refused(property, "\"" + count + "\" is no number of executors.");
                      }
                    }));
    for (String property :
        new String[] {
          "spark.executor.failuresValidityInterval", "spark.yarn.executor.failuresValidityInterval"
        }) {
      time(property, "limits.executorFailuresValidity");
    }
    time("spark.yarn.am.attemptFailuresValidityInterval", "restart.resetAfter");
  }

  private void time(String key, String path) {
    properties
        .take(key)
        .ifPresent(
            written ->
                Amounts.time(written, 1)
                    .ifPresentOrElse(
                        time -> draft.set(path, Amounts.text(time)),
                        () -> remarks.refused(key, "\"" + written + "\" is no span of time.")));
  }
}
