package io.sparkapp.cli.submit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sparkapp.crds.PodTemplate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** {@code spark.kubernetes.*} with a counterpart; what is left then has none. */
final class KubernetesProperties {

  private static final String SPARK = "spark.kubernetes.";

  private static final Map<String, String> SCHEDULERS =
      Map.of("volcano", "Volcano", "yunikorn", "YuniKorn");

  private final PropertyTranslation properties;
  private final AppDraft draft;
  private final Remarks remarks;

  KubernetesProperties(PropertyTranslation properties) {
    this.properties = properties;
    this.draft = properties.draft();
    this.remarks = properties.remarks();
  }

  void translate() {
    properties
        .take(SPARK + "namespace")
        .ifPresent(namespace -> draft.metadata().put("namespace", namespace));
    images();
    accounts();
    schedulers();
    draft.pods().forEach(this::pod);
    properties
        .takeAll(SPARK + "node.selector.")
        .forEach((name, value) -> draft.pods().forEach(pod -> pod.nodeSelector(name, value)));
    properties
        .take(SPARK + "hadoop.configMapName")
        .ifPresent(
            name ->
                draft.add(
                    "hadoopConfFrom",
                    JsonNodeFactory.instance.objectNode().put("configMap", name)));
    // The operator looks at this one itself.
    properties
        .take(SPARK + "local.dirs.tmpfs")
        .ifPresent(value -> draft.conf(SPARK + "local.dirs.tmpfs", value));
    without();
  }

  private void images() {
    boolean foreign = false;
    for (Map.Entry<String, String> image :
        Map.of(
                SPARK + "container.image", "image",
                SPARK + "driver.container.image", "driver.image",
                SPARK + "executor.container.image", "executor.image")
            .entrySet()) {
      Optional<String> name = properties.take(image.getKey()).filter(text -> !text.isEmpty());
      name.ifPresent(text -> draft.set(image.getValue(), text));
      foreign |= name.isPresent();
    }
    for (PodDraft pod : draft.pods()) {
      foreign |= pod.imageOfTemplate().filter(name -> ofTemplate(pod, name)).isPresent();
    }
    if (foreign) {
      // An image that was made for spark-submit does not have our launchers.
      draft.setIfAbsent("launcher", "Added");
    }
    properties
        .take(SPARK + "container.image.pullPolicy")
        .ifPresent(policy -> draft.pods().forEach(pod -> pod.container("imagePullPolicy", policy)));
    properties
        .take(SPARK + "container.image.pullSecrets")
        .ifPresent(
            secrets ->
                Arrays.stream(secrets.split(","))
                    .map(String::strip)
                    .filter(secret -> !secret.isEmpty())
                    .forEach(secret -> draft.add("imagePullSecrets", secret)));
  }

  /** To Spark too a property wins over the template's image. */
  private boolean ofTemplate(PodDraft pod, String name) {
    String image = pod.role() + ".image";
    Optional<String> said = draft.text(image).or(() -> draft.text("image"));
    if (said.isEmpty()) {
      draft.set(image, name);
      return true;
    }
    if (!said.get().equals(name)) {
      remarks.note(
          pod.role() + ".template",
          name + " is left out: the image is said to be " + said.get() + ", and that counts.");
    }
    return false;
  }

  private void accounts() {
    String key = SPARK + "authenticate.driver.serviceAccountName";
    Optional<String> account =
        properties.take(key).or(() -> properties.take(SPARK + "authenticate.serviceAccountName"));
    account.ifPresent(
        name -> {
          draft.set("driver.serviceAccount", name);
          remarks.note(key, serviceAccount(name));
        });
    properties
        .take(SPARK + "authenticate.executor.serviceAccountName")
        .ifPresent(name -> draft.executor().spec("serviceAccountName", name));
  }

  /** What to know of an account that was made for a driver that creates pods. */
  public static String serviceAccount(String name) {
    return "becomes driver.serviceAccount: "
        + name
        + " needs no right to pods any more, but to get, watch and patch executorrequests of"
        + " sparkapp.io; without it leave the field out, and the operator's own account is used.";
  }

  private void schedulers() {
    String everywhere = SPARK + "scheduler.name";
    Optional<String> common = properties.take(everywhere);
    for (PodDraft pod : draft.pods()) {
      properties
          .take(SPARK + pod.role() + ".scheduler.name")
          .or(() -> common)
          .ifPresent(name -> scheduler(name, pod));
      properties
          .take(SPARK + pod.role() + ".pod.featureSteps")
          .ifPresent(
              steps -> {
                if (steps.endsWith("VolcanoFeatureStep")) {
                  draft.set("batchScheduler.kind", "Volcano");
                } else {
                  remarks.lost(
                      SPARK + pod.role() + ".pod.featureSteps",
                      "such classes change pods within Spark, and the operator makes these pods: use"
                          + " templates.");
                }
              });
    }
    properties.lost(
        SPARK + "scheduler.volcano.podGroupTemplateFile",
        "the operator makes the PodGroup: its queue is batchScheduler.queue.");
  }

  private void scheduler(String name, PodDraft pod) {
    if (SCHEDULERS.containsKey(name)) {
      draft.set("batchScheduler.kind", SCHEDULERS.get(name));
    } else {
      pod.spec("schedulerName", name);
    }
  }

  private void pod(PodDraft pod) {
    String role = SPARK + pod.role() + ".";
    properties.takeAll(role + "label.").forEach(checked(role + "label.", pod::label));
    properties
        .takeAll(role + "annotation.")
        .forEach(checked(role + "annotation.", pod::annotation));
    properties.takeAll(role + "node.selector.").forEach(pod::nodeSelector);
    properties.takeAll(role + "secrets.").forEach(pod::secret);
    properties
        .takeAll(role + "secretKeyRef.")
        .forEach(
            (name, value) -> {
              int colon = value.indexOf(':');
              if (colon > 0) {
                pod.envFromSecret(
                    name, value.substring(0, colon).strip(), value.substring(colon + 1).strip());
              } else {
                remarks.lost(role + "secretKeyRef." + name, "it is not secret:key.");
              }
            });
  }

  private BiConsumer<String, String> checked(String prefix, BiConsumer<String, String> taker) {
    return (name, value) -> {
      if (PodTemplate.isReservedLabel(name)) {
        remarks.lost(prefix + name, "the operator knows its pods by it.");
      } else {
        taker.accept(name, value.strip());
      }
    };
  }

  private void without() {
    properties
        .take(SPARK + "pyspark.pythonVersion")
        .filter(version -> !version.startsWith("3"))
        .ifPresent(
            version ->
                remarks.lost(SPARK + "pyspark.pythonVersion", "Spark 4 runs Python 3 only."));
    properties
        .take(SPARK + "executor.deleteOnTermination")
        .filter(value -> !Boolean.parseBoolean(value))
        .ifPresent(
            value ->
                remarks.lost(
                    SPARK + "executor.deleteOnTermination",
                    "pods of executors go when they end; why one ended is in the status."));
    properties.note(
        SPARK + "submission.waitAppCompletion", "say --follow or --no-follow to sparkapp submit.");
    properties.note(SPARK + "file.upload.path", "it is not needed: nothing is uploaded.");
    for (String key : new String[] {"driver.pod.name", "executor.podNamePrefix"}) {
      properties.lost(SPARK + key, "pods are named by the application: NAME-1-driver.");
    }
    properties.lost(
        SPARK + "driver.master",
        "the driver's tasks run in executors; there is no application of a driver alone.");
    properties.lost(SPARK + "context", "say --context instead.");
    for (String prefix :
        new String[] {
          "authenticate.", "allocation.", "driver.service.", "driver.serviceLabel.", "kerberos."
        }) {
      properties
          .takeAll(SPARK + prefix)
          .keySet()
          .forEach(key -> remarks.lost(SPARK + prefix + key, why(prefix)));
    }
  }

  private static String why(String prefix) {
    return switch (prefix) {
      case "authenticate." ->
          "neither driver nor spark-submit talk to the API server with credentials of their own: the"
              + " operator makes the pods.";
      case "allocation." ->
          "the operator makes all executors that the queue has room for at once, and again what is"
              + " lost.";
      case "kerberos." -> "mount such files from a ConfigMap or a Secret with driver.template.";
      default ->
          "the driver has no Service: make one of your own for labels sparkapp.io/app and"
              + " sparkapp.io/role: driver.";
    };
  }
}
