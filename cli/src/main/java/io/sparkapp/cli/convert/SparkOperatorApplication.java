package io.sparkapp.cli.convert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkapp.cli.submit.Amounts;
import io.sparkapp.cli.submit.AppDraft;
import io.sparkapp.crds.RestartSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The spec of a SparkApplication of sparkoperator.k8s.io/v1beta2. */
final class SparkOperatorApplication {

  private static final Map<String, String> SCHEDULERS =
      Map.of("volcano", "Volcano", "yunikorn", "YuniKorn");

  private final Source spec;
  private final AppDraft draft;
  private final Findings findings;
  private final SaidProperties properties = new SaidProperties();
  private final List<ObjectNode> others = new ArrayList<>();

  SparkOperatorApplication(Source spec, AppDraft draft, Findings findings) {
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
    Volumes volumes = new Volumes(spec, findings);
    draft.pods().forEach(pod -> new SparkOperatorPod(draft, pod, findings).template(spec));
    configuration();
    for (var pod : draft.pods()) {
      spec.field(pod.role())
          .ifPresent(
              role -> new SparkOperatorPod(draft, pod, findings).fields(role, properties, volumes));
    }
    volumes.unmounted();
    defaults();
    new SparkOperatorMonitoring(spec, draft, properties, findings).convert(others);
    properties.into(draft, spec, findings);
    new MainFile(draft, findings).of(spec, "mainApplicationFile", "mainClass", "arguments");
    life();
    scheduling();
    network();
    return others;
  }

  private void configuration() {
    spec.text("type");
    spec.field("sparkVersion").ifPresent(version -> Versions.spark(version, findings));
    mode("mode");
    spec.field("proxyUser").ifPresent(user -> ProxyUser.into(draft, user, findings));
    properties.all(spec, "sparkConf", "");
    properties.all(spec, "hadoopConf", "spark.hadoop.");
    properties.field(spec, "image", "spark.kubernetes.container.image");
    properties.field(spec, "imagePullPolicy", "spark.kubernetes.container.image.pullPolicy");
    properties.list(spec, "imagePullSecrets", "spark.kubernetes.container.image.pullSecrets");
    properties.all(spec, "nodeSelector", "spark.kubernetes.node.selector.");
    properties.field(spec, "pythonVersion", "spark.kubernetes.pyspark.pythonVersion");
    properties.field(spec, "memoryOverheadFactor", "spark.kubernetes.memoryOverheadFactor");
    configMap("sparkConfigMap", "sparkConfFrom");
    configMap("hadoopConfigMap", "hadoopConfFrom");
    spec.field("deps")
        .ifPresent(
            deps -> {
              properties.list(deps, "jars", "spark.jars");
              properties.list(deps, "files", "spark.files");
              properties.list(deps, "pyFiles", "spark.submit.pyFiles");
              properties.list(deps, "archives", "spark.archives");
              properties.list(deps, "packages", "spark.jars.packages");
              properties.list(deps, "excludePackages", "spark.jars.excludes");
              properties.list(deps, "repositories", "spark.jars.repositories");
            });
    spec.field("dynamicAllocation").ifPresent(this::dynamicAllocation);
  }

  private void mode(String name) {
    spec.field(name)
        .ifPresent(
            mode ->
                mode.text()
                    .filter(text -> !text.equals("cluster"))
                    .ifPresent(
                        text ->
                            findings.lost(
                                mode,
                                "a driver outside of the cluster is started where it is to run, with"
                                    + " --master sparkapp://NAMESPACE; here it becomes one in a pod.")));
  }

  private void configMap(String name, String field) {
    spec.field(name)
        .ifPresent(
            source ->
                source
                    .text()
                    .ifPresent(
                        text -> {
                          draft.add(
                              field, JsonNodeFactory.instance.objectNode().put("configMap", text));
                          if (field.startsWith("spark")) {
                            findings.note(
                                source,
                                "its *.conf and *.properties are read as Spark properties; a"
                                    + " log4j2.properties in it has to be mounted with"
                                    + " driver.template and named in driver.javaOptions.");
                          }
                        }));
  }

  private void dynamicAllocation(Source dynamic) {
    properties.field(dynamic, "enabled", "spark.dynamicAllocation.enabled");
    properties.field(dynamic, "initialExecutors", "spark.dynamicAllocation.initialExecutors");
    properties.field(dynamic, "minExecutors", "spark.dynamicAllocation.minExecutors");
    properties.field(dynamic, "maxExecutors", "spark.dynamicAllocation.maxExecutors");
    properties.field(
        dynamic, "shuffleTrackingEnabled", "spark.dynamicAllocation.shuffleTracking.enabled");
    dynamic
        .field("shuffleTrackingTimeout")
        .ifPresent(
            timeout ->
                timeout
                    .text()
                    .ifPresent(
                        millis ->
                            properties.put(
                                "spark.dynamicAllocation.shuffleTracking.timeout",
                                millis + "ms",
                                timeout)));
  }

  /** What that operator does where nothing is said, as far as it is done otherwise here. */
  private void defaults() {
    boolean dynamic =
        properties.get("spark.dynamicAllocation.enabled").filter(Boolean::parseBoolean).isPresent();
    if (!dynamic && properties.get("spark.executor.instances").isEmpty()) {
      properties.put("spark.executor.instances", "1", spec);
    }
  }

  private void life() {
    spec.flag("suspend")
        .filter(suspended -> suspended)
        .ifPresent(yes -> draft.set("suspend", JsonNodeFactory.instance.booleanNode(true)));
    spec.number("timeToLiveSeconds")
        .ifPresent(seconds -> draft.set("timeToLive", Amounts.text(Duration.ofSeconds(seconds))));
    spec.field("restartPolicy").ifPresent(this::restart);
    for (String name : new String[] {"failureRetries", "retryInterval"}) {
      spec.field(name)
          .ifPresent(
              field -> findings.lost(field, "use restartPolicy, which becomes spec.restart."));
    }
  }

  private void restart(Source policy) {
    String type = policy.text("type").orElse("Never");
    draft.set("restart.policy", type);
    if (!type.equals("Never")) {
      draft.set("restart.backoff", "5s");
    }
    policy
        .number("onFailureRetries")
        .ifPresentOrElse(
            retries -> Attempts.ofRetries(draft, retries, policy.at("onFailureRetries"), findings),
            () -> usualAttempts(type, policy));
    policy
        .number("onFailureRetryInterval")
        .ifPresent(
            seconds -> {
              draft.set("restart.backoff", Amounts.text(Duration.ofSeconds(seconds)));
              findings.note(
                  policy.at("onFailureRetryInterval"),
                  "the pause doubles with each attempt, up to restart.maxBackoff, instead of growing"
                      + " by itself.");
            });
    for (String name :
        new String[] {"onSubmissionFailureRetries", "onSubmissionFailureRetryInterval"}) {
      policy
          .field(name)
          .ifPresent(
              field -> {
                field.whole();
                findings.note(
                    field, "it is not needed: nothing is submitted that could fail apart.");
              });
    }
  }

  private void usualAttempts(String type, Source policy) {
    if (type.equals("OnFailure")) {
      draft.set("restart.maxAttempts", 1);
      findings.note(
          policy, "onFailureRetries is not said, so there is no second attempt, as there.");
    } else if (type.equals("Always")) {
      draft.set("restart.maxAttempts", RestartSpec.MOST_ATTEMPTS);
      findings.note(policy, "after " + RestartSpec.MOST_ATTEMPTS + " failed attempts it is over.");
    }
  }

  private void scheduling() {
    spec.field("batchScheduler")
        .ifPresent(
            scheduler ->
                scheduler
                    .text()
                    .filter(name -> !name.isEmpty())
                    .ifPresent(
                        name -> {
                          if (SCHEDULERS.containsKey(name)) {
                            draft.set("batchScheduler.kind", SCHEDULERS.get(name));
                          } else {
                            findings.lost(
                                scheduler,
                                "the operator's own queue admits driver and executors together:"
                                    + " nothing else is needed for a gang.");
                          }
                        }));
    spec.field("batchSchedulerOptions").ifPresent(this::schedulerOptions);
  }

  private void schedulerOptions(Source options) {
    options
        .field("queue")
        .ifPresent(
            queue -> {
              if (draft.text("batchScheduler.kind").isPresent()) {
                queue.text().ifPresent(name -> draft.set("batchScheduler.queue", name));
              } else {
                findings.lost(queue, "without batchScheduler there is none that has such a queue.");
              }
            });
    options
        .field("priorityClassName")
        .ifPresent(
            priority ->
                priority
                    .text()
                    .ifPresent(name -> PriorityClass.into(draft, name, priority, findings)));
    options
        .field("resources")
        .ifPresent(
            resources ->
                findings.lost(resources, "the operator counts what driver and executors request."));
  }

  private void network() {
    spec.field("sparkUIOptions")
        .ifPresent(
            options ->
                findings.lost(
                    options,
                    "applications have no Service and Ingress each; the operator serves their UIs."));
    spec.field("driverIngressOptions")
        .ifPresent(
            options ->
                findings.lost(
                    options,
                    "make a Service of your own for labels sparkapp.io/app and sparkapp.io/role:"
                        + " driver, and an Ingress for that."));
    spec.field("driverPodDisruptionBudget")
        .ifPresent(
            budget ->
                findings.lost(
                    budget,
                    "make a PodDisruptionBudget of your own for labels sparkapp.io/app and"
                        + " sparkapp.io/role: driver."));
  }
}
