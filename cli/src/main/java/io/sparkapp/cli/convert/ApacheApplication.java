package io.sparkapp.cli.convert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkapp.cli.submit.Amounts;
import io.sparkapp.cli.submit.AppDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The spec of a SparkApplication of spark.apache.org/v1. */
final class ApacheApplication {

  private static final String PYTHON_RUNNER = "org.apache.spark.deploy.PythonRunner";
  private static final int USUAL_RESTARTS = 3;
  private static final String VERSION = "{{SPARK_VERSION}}";

  private static final String NO_SERVICES =
      "applications have no Service, Ingress and route each: make them for labels sparkapp.io/app"
          + " and sparkapp.io/role: driver.";

  private final Source spec;
  private final AppDraft draft;
  private final Findings findings;
  private final SaidProperties properties = new SaidProperties();
  private final List<ObjectNode> others = new ArrayList<>();

  ApacheApplication(Source spec, AppDraft draft, Findings findings) {
    this.spec = spec;
    this.draft = draft;
    this.findings = findings;
  }

  /**
   * Fills the draft.
   *
   * @return objects that the application needs beside itself
   */
  List<ObjectNode> convert() {
    configMaps();
    for (var pod : draft.pods()) {
      spec.field(pod.role() + "Spec")
          .flatMap(role -> role.field("podTemplateSpec"))
          .filter(Source::isMapping)
          .ifPresent(template -> SparkOperatorPod.template(template, draft, pod, findings));
    }
    properties.all(spec, "sparkConf", "");
    properties.field(spec, "files", "spark.files");
    versions();
    program();
    properties.into(draft, spec, findings);
    spec.field("proxyUser").ifPresent(user -> ProxyUser.into(draft, user, findings));
    spec.field("deploymentMode")
        .ifPresent(
            mode ->
                mode.text()
                    .filter(text -> !text.equals("ClusterMode"))
                    .ifPresent(
                        text ->
                            findings.lost(
                                mode,
                                "a driver outside of the cluster is started where it is to run, with"
                                    + " --master sparkapp://NAMESPACE; here it becomes one in a pod.")));
    spec.flag("suspend")
        .filter(suspended -> suspended)
        .ifPresent(yes -> draft.set("suspend", JsonNodeFactory.instance.booleanNode(true)));
    spec.field("applicationTolerations").ifPresent(this::tolerations);
    for (String list :
        new String[] {"driverServiceIngressList", "driverHttpRouteList", "driverGrpcRouteList"}) {
      spec.field(list)
          .filter(field -> !field.elements().isEmpty())
          .ifPresent(field -> findings.lost(field, NO_SERVICES));
    }
    return others;
  }

  private void versions() {
    Optional<Source> versions = spec.field("runtimeVersions");
    versions
        .flatMap(each -> each.field("sparkVersion"))
        .ifPresent(
            version -> {
              Versions.spark(version, findings);
              version.text().ifPresent(text -> properties.replace(VERSION, text));
            });
    for (String name : new String[] {"scalaVersion", "jdkVersion"}) {
      versions
          .flatMap(each -> each.field(name))
          .ifPresent(version -> Versions.image(version, findings));
    }
  }

  /** Which program it is, the field tells that names its file. */
  private void program() {
    MainFile main = new MainFile(draft, findings);
    Optional<Source> named = spec.field("mainClass");
    Optional<String> className =
        named.flatMap(Source::text).filter(text -> !text.equals(PYTHON_RUNNER));
    Optional<Source> python = spec.field("pyFiles");
    Optional<Source> r = spec.field("sparkRFiles");
    Optional<Source> jars = spec.field("jars");
    Optional<Source> first =
        named.flatMap(Source::text).filter(PYTHON_RUNNER::equals).isPresent() || jars.isEmpty()
            ? python.or(() -> r).or(() -> jars)
            : jars;
    dependencies(first);
    boolean connect = className.filter(name -> name.endsWith(".SparkConnectServer")).isPresent();
    if (connect) {
      draft.set("main.connect", JsonNodeFactory.instance.objectNode());
      first
          .flatMap(Source::text)
          .ifPresent(
              text -> findings.note(first.get(), "it is not needed: the server is in the images."));
    } else if (first.flatMap(Source::text).isPresent()) {
      main.program(first.get().text().get().split(",")[0].strip(), first.get(), className, named);
    } else {
      findings.lost(spec, spec.path() + ".jars", "there is no program to run.");
    }
    main.arguments(spec, "driverArgs");
  }

  /** Of a list of files the first is the program, if the list names it. */
  private void dependencies(Optional<Source> first) {
    for (String dependency : new String[] {"jars", "pyFiles"}) {
      Optional<Source> field = spec.field(dependency);
      field
          .flatMap(Source::text)
          .ifPresent(
              text -> {
                List<String> files = Arrays.stream(text.split(",")).map(String::strip).toList();
                boolean isMain = first.equals(field);
                String rest = String.join(",", isMain ? files.subList(1, files.size()) : files);
                if (!rest.isEmpty()) {
                  properties.put(
                      dependency.equals("jars") ? "spark.jars" : "spark.submit.pyFiles",
                      rest,
                      field.get());
                }
              });
    }
  }

  private void configMaps() {
    spec.field("configMapSpecs").filter(Source::isSequence).stream()
        .flatMap(list -> list.elements().stream())
        .filter(Source::isMapping)
        .forEach(this::configMap);
  }

  private void configMap(Source source) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    map.put("apiVersion", "v1").put("kind", "ConfigMap");
    ObjectNode metadata = map.putObject("metadata");
    source.text("name").ifPresent(name -> metadata.put("name", name));
    if (draft.metadata().has("namespace")) {
      metadata.set("namespace", draft.metadata().get("namespace"));
    }
    for (String name : new String[] {"labels", "annotations"}) {
      source.field(name).ifPresent(field -> metadata.set(name, field.whole()));
    }
    source.field("data").ifPresent(field -> map.set("data", field.whole()));
    others.add(map);
  }

  private void tolerations(Source tolerations) {
    tolerations.field("restartConfig").ifPresent(this::restart);
    tolerations.field("applicationTimeoutConfig").ifPresent(this::timeouts);
    tolerations
        .field("instanceConfig")
        .ifPresent(
            instances ->
                findings.lost(
                    instances,
                    "the queue admits an application with its minimum of executors at once"
                        + " (executor.min or .instances), so it is never short of them at the start."));
    tolerations.text("resourceRetainPolicy").ifPresent(policy -> draft.set("retainDriver", policy));
    ifSet(
        tolerations,
        "resourceRetainDurationMillis",
        (field, time) ->
            findings.lost(field, "the driver's pod stays as retainDriver says: use timeToLive."));
    ifSet(
        tolerations,
        "ttlAfterStopMillis",
        (field, time) -> draft.set("timeToLive", Amounts.text(time)));
  }

  private void restart(Source restart) {
    restart.text("restartPolicy").ifPresent(this::restartPolicy);
    restart
        .number("maxRestartAttempts")
        .ifPresent(
            restarts ->
                Attempts.ofRetries(draft, restarts, restart.at("maxRestartAttempts"), findings));
    ifSet(
        restart,
        "restartBackoffMillis",
        (field, time) -> {
          draft.set("restart.backoff", Amounts.text(time));
          draft.set("restart.maxBackoff", Amounts.text(time));
        });
    ifSet(
        restart,
        "restartCounterResetMillis",
        (field, time) -> draft.set("restart.resetAfter", Amounts.text(time)));
    for (String name :
        new String[] {
          "maxRestartOnFailure",
          "restartBackoffMillisForFailure",
          "maxRestartOnSchedulingFailure",
          "restartBackoffMillisForSchedulingFailure"
        }) {
      restart
          .field(name)
          .ifPresent(
              field ->
                  findings.lost(
                      field,
                      "all failures count together, and what infrastructure ended does not count:"
                          + " restart.maxAttempts and .backoff say it."));
    }
  }

  private void restartPolicy(String policy) {
    draft.set("restart.policy", policy);
    if (!policy.equals("Never")) {
      // What that operator does where nothing is said.
      draft.set("restart.maxAttempts", USUAL_RESTARTS + 1);
      draft.set("restart.backoff", "30s");
      draft.set("restart.maxBackoff", "30s");
    }
  }

  private void timeouts(Source timeouts) {
    ifSet(
        timeouts,
        "driverStartTimeoutMillis",
        (field, time) -> draft.set("limits.driverStart", Amounts.text(time)));
    ifSet(
        timeouts,
        "executorStartTimeoutMillis",
        (field, time) -> draft.set("limits.firstExecutor", Amounts.text(time)));
    ifSet(
        timeouts,
        "driverReadyTimeoutMillis",
        (field, time) ->
            findings.lost(
                field, "a driver runs, or it does not: limits.driverStart says how long."));
    for (String name :
        new String[] {"forceTerminationGracePeriodMillis", "terminationRequeuePeriodMillis"}) {
      ifSet(
          timeouts,
          name,
          (field, time) -> findings.lost(field, "the operator deletes pods as Kubernetes does."));
    }
  }

  /** Something to be done with a span of time. */
  private interface WithTime {
    void accept(Source field, Duration time);
  }

  /** A negative time stands for none. */
  private static void ifSet(Source parent, String name, WithTime action) {
    parent
        .number(name)
        .ifPresent(
            millis -> {
              if (millis >= 0) {
                action.accept(parent.at(name), Duration.ofMillis(millis));
              }
            });
  }
}
