package io.sparkapp.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkapp.cli.submit.AppDraft;
import io.sparkapp.cli.submit.PodDraft;
import io.sparkapp.cli.submit.TemplateRules;
import java.util.List;
import java.util.Optional;

/** {@code spec.driver} and {@code spec.executor} of a SparkApplication. */
final class SparkOperatorPod {

  /** Their fields that are fields of a pod's spec too. */
  private static final List<String> POD =
      List.of(
          "affinity",
          "tolerations",
          "schedulerName",
          "hostNetwork",
          "dnsConfig",
          "terminationGracePeriodSeconds",
          "hostAliases",
          "shareProcessNamespace",
          "runtimeClassName");

  /** And those of a container. */
  private static final List<String> CONTAINER =
      List.of("envFrom", "securityContext", "lifecycle", "ports");

  private static final String LOCAL_DIR = "spark-local-dir-";

  private final AppDraft draft;
  private final PodDraft pod;
  private final Findings findings;

  SparkOperatorPod(AppDraft draft, PodDraft pod, Findings findings) {
    this.draft = draft;
    this.pod = pod;
    this.findings = findings;
  }

  /** The role's template, over which its other fields go. */
  void template(Source spec) {
    spec.field(pod.role())
        .flatMap(role -> role.field("template"))
        .filter(Source::isMapping)
        .ifPresent(template -> template(template, draft, pod, findings));
  }

  static void template(Source template, AppDraft draft, PodDraft pod, Findings findings) {
    new TemplateRules(
            draft,
            pod,
            (kind, path, sentence) ->
                findings.add(kind, template.at(path), template.path() + "." + path, sentence))
        .start((ObjectNode) template.whole(), "");
  }

  /** All but the template. */
  void fields(Source role, SaidProperties properties, Volumes volumes) {
    String spark = "spark." + pod.role() + ".";
    String kubernetes = "spark.kubernetes." + pod.role() + ".";
    properties.field(role, "cores", spark + "cores");
    properties.field(role, "memory", spark + "memory");
    properties.field(role, "memoryOverhead", spark + "memoryOverhead");
    properties.field(role, "instances", spark + "instances");
    properties.field(role, "coreRequest", kubernetes + "request.cores");
    properties.field(role, "coreLimit", kubernetes + "limit.cores");
    properties.field(role, "image", kubernetes + "container.image");
    properties.field(
        role,
        "serviceAccount",
        "spark.kubernetes.authenticate." + pod.role() + ".serviceAccountName");
    properties.field(role, "deleteOnTermination", kubernetes + "deleteOnTermination");
    properties.all(role, "labels", kubernetes + "label.");
    properties.all(role, "annotations", kubernetes + "annotation.");
    properties.all(role, "nodeSelector", kubernetes + "node.selector.");
    javaOptions(role, properties, spark + "extraJavaOptions");
    POD.forEach(name -> role.field(name).ifPresent(value -> pod.spec(name, value.whole())));
    role.field("podSecurityContext").ifPresent(value -> pod.spec("securityContext", value.whole()));
    CONTAINER.forEach(
        name -> role.field(name).ifPresent(value -> pod.container(name, value.whole())));
    environment(role);
    mounts(role, properties, volumes);
    containers(role, volumes);
    role.field("gpu").ifPresent(this::gpu);
    role.field("priorityClassName")
        .ifPresent(
            priority ->
                priority
                    .text()
                    .ifPresent(name -> PriorityClass.into(draft, name, priority, findings)));
    without(role);
  }

  /** The field and the property are one and the same to that operator, and both count. */
  private static void javaOptions(Source role, SaidProperties properties, String key) {
    role.field("javaOptions")
        .ifPresent(
            field ->
                field
                    .text()
                    .ifPresent(
                        options ->
                            properties.put(
                                key,
                                properties
                                    .get(key)
                                    .map(more -> more + " " + options)
                                    .orElse(options),
                                field)));
  }

  private void environment(Source role) {
    elements(role, "env").forEach(variable -> pod.env(variable.whole()));
    role.field("envVars")
        .ifPresent(
            variables ->
                variables
                    .fields()
                    .forEach((name, value) -> value.text().ifPresent(text -> pod.env(name, text))));
    role.field("envSecretKeyRefs")
        .ifPresent(
            variables ->
                variables
                    .fields()
                    .forEach(
                        (name, reference) ->
                            pod.envFromSecret(
                                name,
                                reference.text("name").orElse(""),
                                reference.text("key").orElse(""))));
  }

  private void mounts(Source role, SaidProperties properties, Volumes volumes) {
    for (Source mount : elements(role, "volumeMounts")) {
      String name =
          Optional.ofNullable(mount.fields().get("name")).flatMap(Source::text).orElse("");
      Optional<Source> volume = volumes.named(name);
      if (name.startsWith(LOCAL_DIR) && volume.isPresent()) {
        new LocalDirVolume(pod.role(), properties).put(name, volume.get(), mount);
      } else {
        pod.mount(mount.whole());
        volume.ifPresent(found -> pod.volume(found.whole()));
      }
    }
    elements(role, "configMaps")
        .forEach(map -> pod.configMap(map.text("name").orElse(""), map.text("path").orElse("/")));
    elements(role, "secrets").forEach(this::secret);
  }

  private void secret(Source secret) {
    String path = secret.text("path").orElse("/");
    pod.secret(secret.text("name").orElse(""), path);
    secret
        .text("secretType")
        .ifPresent(
            type -> {
              switch (type) {
                case "GCPServiceAccount" ->
                    pod.env("GOOGLE_APPLICATION_CREDENTIALS", path + "/key.json");
                case "HadoopDelegationToken" ->
                    pod.env("HADOOP_TOKEN_FILE_LOCATION", path + "/hadoop.token");
                default -> {
                  // A directory is all that others need.
                }
              }
            });
  }

  private void containers(Source role, Volumes volumes) {
    for (Source sidecar : elements(role, "sidecars")) {
      JsonNode container = sidecar.whole();
      if (pod.role().equals(container.path("name").asText())) {
        findings.lost(
            sidecar, pod.role() + " is the name of Spark's own container: choose another.");
      } else {
        pod.sidecar(container);
        volumes.into(pod, container);
      }
    }
    for (Source init : elements(role, "initContainers")) {
      JsonNode container = init.whole();
      pod.spec("initContainers", JsonNodeFactory.instance.arrayNode().add(container));
      volumes.into(pod, container);
    }
  }

  private void gpu(Source gpu) {
    String name = gpu.text("name").orElse("");
    gpu.number("quantity")
        .ifPresent(
            quantity ->
                pod.limit(name, JsonNodeFactory.instance.textNode(Long.toString(quantity))));
  }

  private void without(Source role) {
    lost(role, "memoryLimit", "a pod's limit is its heap and its overhead: raise memoryOverhead.");
    lost(role, "podName", "the operator names its pods: NAME-1-driver.");
    lost(role, "kubernetesMaster", "the driver talks to the API server of its own cluster.");
    lost(role, "serviceAnnotations", "the driver has no Service.");
    lost(role, "serviceLabels", "the driver has no Service.");
  }

  private void lost(Source role, String name, String sentence) {
    role.field(name).ifPresent(field -> findings.lost(field, sentence));
  }

  private static Iterable<Source> elements(Source parent, String name) {
    return parent.field(name).filter(Source::isSequence).stream()
        .flatMap(list -> list.elements().stream())
        .toList();
  }
}
