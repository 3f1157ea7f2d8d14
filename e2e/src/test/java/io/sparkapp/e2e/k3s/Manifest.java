package io.sparkapp.e2e.k3s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkApp;

/** A SparkApp as a user writes it, to be changed before it is applied. */
final class Manifest {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final ObjectNode root;

  private Manifest(ObjectNode root) {
    this.root = root;
  }

  static Manifest of(String yaml) {
    return new Manifest((ObjectNode) read(yaml));
  }

  /** An application that runs an example's class with small pods. */
  static Manifest running(String name, String className, int executors, String... args) {
    Manifest manifest =
        of(
            """
            apiVersion: sparkapp.io/v1alpha1
            kind: SparkApp
            metadata: {name: %s}
            spec:
              main:
                jar: local:///opt/sparkapp/examples/sparkapp-examples.jar
                class: io.sparkapp.examples.%s
              executor: {instances: %d}
            """
                .formatted(name, className, executors));
    ArrayNode list = YAML.createArrayNode();
    for (String arg : args) {
      list.add(arg);
    }
    ((ObjectNode) manifest.root.at("/spec/main")).set("args", list);
    return manifest;
  }

  /** Sets a field, named by its path as in {@code spec.executor.memory}; the value is YAML. */
  Manifest with(String path, String yaml) {
    int dot = path.lastIndexOf('.');
    object(path.substring(0, dot)).set(path.substring(dot + 1), read(yaml));
    return this;
  }

  /** Sets a field of the pod that the operator makes for {@code role}, driver or executor. */
  Manifest withPod(String role, String field, String yaml) {
    return with("spec." + role + ".template.spec." + field, yaml);
  }

  /**
   * Lets the pods request a tenth of a core, so that an application fits a machine of two cores
   * beside the operator; what they get is not limited by it.
   */
  Manifest onFewCores() {
    return with("spec.driver.cpuRequest", "100m").with("spec.executor.cpuRequest", "100m");
  }

  SparkApp in(String namespace) {
    SparkApp app = Serialization.unmarshal(root.toString(), SparkApp.class);
    app.getMetadata().setNamespace(namespace);
    return app;
  }

  private ObjectNode object(String path) {
    ObjectNode node = root;
    for (String name : path.split("\\.")) {
      node = node.withObjectProperty(name);
    }
    return node;
  }

  private static JsonNode read(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
