package io.sparkapp.cli.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A role's pod template that grows field by field. */
public final class PodDraft {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String role;
  private final ObjectNode metadata = JSON.objectNode();
  private final ObjectNode spec = JSON.objectNode();
  private final ObjectNode container = JSON.objectNode();
  private final ArrayNode sidecars = JSON.arrayNode();
  private String imageOfTemplate;

  PodDraft(String role) {
    this.role = role;
    container.put("name", role);
  }

  /** Its container's name: driver or executor. */
  public String role() {
    return role;
  }

  /**
   * Starts with a template whose container has this role's name, and of which all may be said that
   * it says.
   */
  void start(ObjectNode template) {
    template.path("metadata").properties().forEach(e -> metadata.set(e.getKey(), e.getValue()));
    template
        .path("spec")
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals("containers")) {
                spec.set(field.getKey(), field.getValue().deepCopy());
              }
            });
    for (JsonNode each : template.at("/spec/containers")) {
      if (role.equals(each.path("name").asText())) {
        each.properties().forEach(e -> container.set(e.getKey(), e.getValue().deepCopy()));
      } else {
        sidecars.add(each.deepCopy());
      }
    }
  }

  /** What the template says of the image, which to Spark is worth less than a property. */
  void imageOfTemplate(String image) {
    imageOfTemplate = image;
  }

  Optional<String> imageOfTemplate() {
    return Optional.ofNullable(imageOfTemplate);
  }

  /** A label of the pod. */
  public void label(String name, String value) {
    metadata.withObjectProperty("labels").put(name, value);
  }

  /** An annotation of the pod. */
  public void annotation(String name, String value) {
    metadata.withObjectProperty("annotations").put(name, value);
  }

  /** A field of the pod's spec. */
  public void spec(String field, JsonNode value) {
    if (value instanceof ArrayNode more && spec.get(field) instanceof ArrayNode present) {
      present.addAll(more);
    } else if (value instanceof ObjectNode more && spec.get(field) instanceof ObjectNode present) {
      present.setAll(more);
    } else {
      spec.set(field, value);
    }
  }

  /** A field of the pod's spec. */
  public void spec(String field, String value) {
    spec.put(field, value);
  }

  /** A label that the node has to have. */
  public void nodeSelector(String name, String value) {
    spec.withObjectProperty("nodeSelector").put(name, value);
  }

  /** A field of Spark's container. */
  public void container(String field, JsonNode value) {
    if (value instanceof ArrayNode more && container.get(field) instanceof ArrayNode present) {
      present.addAll(more);
    } else {
      container.set(field, value);
    }
  }

  /** A field of Spark's container. */
  public void container(String field, String value) {
    container.put(field, value);
  }

  /** An extended resource or CPU that Spark's container may take at most. */
  public void limit(String resource, JsonNode amount) {
    container.withObjectProperty("resources").withObjectProperty("limits").set(resource, amount);
  }

  /** A variable of Spark's container. */
  public void env(String name, String value) {
    env(JSON.objectNode().put("name", name).put("value", value));
  }

  /** A variable of Spark's container whose value is a key of a Secret. */
  public void envFromSecret(String name, String secret, String key) {
    ObjectNode variable = JSON.objectNode().put("name", name);
    variable.putObject("valueFrom").putObject("secretKeyRef").put("name", secret).put("key", key);
    env(variable);
  }

  /** A variable as Kubernetes writes it; one of the same name gives way. */
  public void env(JsonNode variable) {
    named(container.withArrayProperty("env"), "name", variable);
  }

  /** A volume as Kubernetes writes it; one of the same name gives way. */
  public void volume(JsonNode volume) {
    named(spec.withArrayProperty("volumes"), "name", volume);
  }

  /** A mount of Spark's container as Kubernetes writes it. */
  public void mount(JsonNode mount) {
    named(container.withArrayProperty("volumeMounts"), "mountPath", mount);
  }

  /** A mount of Spark's container. */
  public void mount(String volume, String path) {
    mount(JSON.objectNode().put("name", volume).put("mountPath", path));
  }

  /** The directories for shuffle files that are mounted already, and one more. */
  String localDirs(String path) {
    for (JsonNode variable : container.path("env")) {
      if (variable.path("name").asText().equals("SPARK_LOCAL_DIRS")) {
        return variable.path("value").asText() + "," + path;
      }
    }
    return path;
  }

  /** A Secret as a directory. */
  public void secret(String secret, String path) {
    String volume = volumeName(secret);
    ObjectNode node = JSON.objectNode().put("name", volume);
    node.putObject("secret").put("secretName", secret);
    volume(node);
    mount(volume, path);
  }

  /** A ConfigMap as a directory. */
  public void configMap(String configMap, String path) {
    String volume = volumeName(configMap);
    ObjectNode node = JSON.objectNode().put("name", volume);
    node.putObject("configMap").put("name", configMap);
    volume(node);
    mount(volume, path);
  }

  /** A container beside Spark's. */
  public void sidecar(JsonNode container) {
    named(sidecars, "name", container);
  }

  /** The template; empty when nothing was said. */
  Optional<ObjectNode> template() {
    ObjectNode whole = JSON.objectNode();
    if (!metadata.isEmpty()) {
      whole.set("metadata", metadata.deepCopy());
    }
    ObjectNode pod = JSON.objectNode();
    ArrayNode containers = JSON.arrayNode();
    if (container.size() > 1) {
      containers.add(container.deepCopy());
    }
    containers.addAll(sidecars.deepCopy());
    if (!containers.isEmpty()) {
      pod.set("containers", containers);
    }
    spec.properties().forEach(field -> pod.set(field.getKey(), field.getValue().deepCopy()));
    if (!pod.isEmpty()) {
      whole.set("spec", pod);
    }
    return whole.isEmpty() ? Optional.empty() : Optional.of(whole);
  }

  /** Volumes have names without dots, and at most 63 characters. */
  private static String volumeName(String of) {
    String name = of.replace('.', '-');
    return name.length() > 63 ? name.substring(0, 63).replaceAll("-+$", "") : name;
  }

  private static void named(ArrayNode list, String key, JsonNode element) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path(key).equals(element.path(key))) {
        list.set(i, element);
        return;
      }
    }
    list.add(element);
  }
}
