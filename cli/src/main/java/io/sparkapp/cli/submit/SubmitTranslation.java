package io.sparkapp.cli.submit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sparkapp.cli.submit.SubmitOptions.DeployMode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * spark-submit's command line to a SparkApp.
 *
 * @param draft the application as far as it could be carried over
 * @param remarks about all that did not simply become a field
 * @param deployMode where the driver is to run; null when nobody said
 * @param properties all Spark properties that were said, those of options too
 */
public record SubmitTranslation(
    AppDraft draft, List<Remark> remarks, DeployMode deployMode, Map<String, String> properties) {

  private static final String MASTER = "spark.master";
  private static final String MODE = "spark.submit.deployMode";
  private static final String OURS = "sparkapp://";
  private static final String CONNECT_SERVER =
      "org.apache.spark.sql.connect.service.SparkConnectServer";

  /**
   * Translates.
   *
   * @param environment where SPARK_CONF_DIR and SPARK_HOME are looked for; empty to do without
   */
  public static SubmitTranslation of(
      SubmitOptions options, Locations locations, Map<String, String> environment) {
    Remarks remarks = new Remarks();
    Map<String, String> said = properties(options, locations, environment, remarks);
    Map<String, String> properties = new LinkedHashMap<>(said);
    AppDraft draft = new AppDraft();
    refuse(options, remarks);
    DeployMode mode = deployMode(options, properties.remove(MODE), remarks);
    Optional.ofNullable(properties.remove(MASTER))
        .ifPresent(master -> master(master, draft, remarks));
    if (options.proxyUser != null) {
      draft.set("user", options.proxyUser);
      remarks.note(
          "--proxy-user",
          "becomes spec.user, by which queues count; it has to be you, or somebody whom you may"
              + " impersonate. For file systems it says nothing: set HADOOP_USER_NAME in"
              + " driver.template and spark.executorEnv.HADOOP_USER_NAME for those without Kerberos.");
    }
    PropertyTranslation.into(draft, properties, locations, remarks);
    program(options, draft, locations, remarks);
    Map<String, String> names = new HashMap<>(SubmitOptions.names());
    names.keySet().retainAll(options.asProperties().keySet());
    return new SubmitTranslation(draft, remarks.all(names), mode, said);
  }

  private static Map<String, String> properties(
      SubmitOptions options,
      Locations locations,
      Map<String, String> environment,
      Remarks remarks) {
    Map<String, String> properties = new LinkedHashMap<>();
    if (options.propertiesFile == null || options.loadSparkDefaults) {
      defaults(environment)
          .ifPresent(
              file -> {
                remarks.note("spark-defaults.conf", "properties of " + file + " count too.");
                properties.putAll(read(file, file.toString(), "spark-defaults.conf", remarks));
              });
      if (environment.isEmpty() && options.loadSparkDefaults) {
        remarks.lost(
            "--load-spark-defaults",
            "spark-defaults.conf is on the machine that submits: name it with --properties-file.");
      }
    }
    if (options.propertiesFile != null) {
      Path file = locations.directory().resolve(options.propertiesFile);
      properties.putAll(read(file, options.propertiesFile, "--properties-file", remarks));
    }
    for (String each : options.conf) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        remarks.refused("--conf", each + " is not PROPERTY=VALUE.");
      } else {
        properties.put(each.substring(0, equals), each.substring(equals + 1));
      }
    }
    properties.putAll(options.asProperties());
    return properties;
  }

  private static Optional<Path> defaults(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("SPARK_CONF_DIR"))
        .map(Path::of)
        .or(
            () ->
                Optional.ofNullable(environment.get("SPARK_HOME"))
                    .map(Path::of)
                    .map(home -> home.resolve("conf")))
        .map(directory -> directory.resolve("spark-defaults.conf"))
        .filter(Files::isReadable);
  }

  private static Map<String, String> read(
      Path file, String written, String subject, Remarks remarks) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      remarks.refused(subject, written + " can not be read as a file of properties.");
    }
    Map<String, String> read = new TreeMap<>();
    properties.forEach((key, value) -> read.put(key.toString(), value.toString()));
    return read;
  }

  private static void refuse(SubmitOptions options, Remarks remarks) {
    if (options.remote != null) {
      remarks.refused(
          "--remote",
          "a Spark Connect client needs no driver of its own: run the program itself with"
              + " SPARK_REMOTE="
              + options.remote
              + ".");
    }
    if (options.kill != null) {
      remarks.refused("--kill", "use sparkapp kill " + options.kill + ".");
    }
    if (options.status != null) {
      remarks.refused("--status", "use sparkapp status " + options.status + ".");
    }
    if (options.proxyUser != null && options.principal != null) {
      remarks.refused("--proxy-user", "it goes with no --principal, in spark-submit neither.");
    }
  }

  private static DeployMode deployMode(SubmitOptions options, String property, Remarks remarks) {
    if (options.deployMode != null || property == null) {
      return options.deployMode;
    }
    return switch (property.strip()) {
      case "client" -> DeployMode.client;
      case "cluster" -> DeployMode.cluster;
      default -> {
        remarks.refused(MODE, "it is either client or cluster.");
        yield null;
      }
    };
  }

  private static void master(String written, AppDraft draft, Remarks remarks) {
    String master = written.strip();
    if (master.startsWith(OURS)) {
      String[] place = master.substring(OURS.length()).split("/");
      if (!place[0].isEmpty()) {
        draft.metadata().put("namespace", place[0]);
      }
      if (place.length > 1) {
        draft.metadata().put("name", place[1]);
      }
    } else if (master.startsWith("local")) {
      remarks.lost(MASTER, master + " would run all tasks in the driver; here executors run them.");
    } else if (master.startsWith("k8s://")) {
      remarks.note(
          MASTER,
          "the API server is that of --context or of the local cluster, not " + master + ".");
    } else if (master.equals("yarn") || master.startsWith("spark://")) {
      remarks.note(MASTER, master + " is left out: the operator shares resources out.");
    } else {
      remarks.refused(MASTER, master + " is no master that Spark knows.");
    }
  }

  private static void program(
      SubmitOptions options, AppDraft draft, Locations locations, Remarks remarks) {
    String resource = options.resource;
    if (resource == null) {
      if (options.kill == null && options.status == null) {
        remarks.refused("APP", "the application's jar or file is missing.");
      }
      return;
    }
    if (resource.equals("pyspark-shell")
        || resource.equals("sparkr-shell")
        || resource.equals("spark-shell")) {
      remarks.refused(
          "APP", "a shell is used where you are: pyspark --master sparkapp://NAMESPACE.");
      return;
    }
    if (CONNECT_SERVER.equals(options.mainClass)) {
      draft.set("main.connect", JsonNodeFactory.instance.objectNode());
    } else if (resource.equals("spark-internal")) {
      remarks.refused(
          "APP",
          "a program of Spark's own needs a jar here: name local:///opt/spark/jars/ and the jar with"
              + " "
              + options.mainClass
              + ".");
      return;
    } else {
      String kind = MainLocation.kind(resource);
      locations
          .of("APP", resource, remarks)
          .ifPresent(location -> draft.set("main." + kind, location));
      mainClass(options, kind, draft, locations, remarks);
    }
    draft.arguments(options.arguments);
    if (!draft.metadata().has("name")) {
      String named =
          options.mainClass == null ? AppName.ofFile(resource) : AppName.ofClass(options.mainClass);
      draft.metadata().put("name", named);
    }
  }

  private static void mainClass(
      SubmitOptions options, String kind, AppDraft draft, Locations locations, Remarks remarks) {
    if (!kind.equals("jar")) {
      if (options.mainClass != null) {
        remarks.note("--class", "it says nothing about a program that is no jar.");
      }
      return;
    }
    Optional.ofNullable(options.mainClass)
        .or(() -> JarManifest.mainClass(locations, options.resource))
        .ifPresentOrElse(
            name -> draft.set("main.class", name),
            () ->
                remarks.refused(
                    "--class",
                    "name the class whose main is called: the jar can not be looked into from here, or does not say it."));
  }
}
