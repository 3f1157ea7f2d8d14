package io.sparkapp.cli.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppSpec;
import java.util.List;
import java.util.Optional;

/** A SparkApp that grows field by field; says only what was said, and no defaults. */
public final class AppDraft {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final List<String> METADATA =
      List.of("name", "generateName", "namespace", "labels", "annotations");

  private final ObjectNode metadata = JSON.objectNode();
  private final ObjectNode spec = JSON.objectNode();
  private final PodDraft driver = new PodDraft("driver");
  private final PodDraft executor = new PodDraft("executor");

  /** The driver's pod. */
  public PodDraft driver() {
    return driver;
  }

  /** The executors' pods. */
  public PodDraft executor() {
    return executor;
  }

  /** Both. */
  public List<PodDraft> pods() {
    return List.of(driver, executor);
  }

  /** Name, namespace, labels and annotations; to be filled. */
  public ObjectNode metadata() {
    return metadata;
  }

  /**
   * Sets a field of the spec.
   *
   * @param path as {@code executor.memory}
   */
  public void set(String path, JsonNode value) {
    int dot = path.lastIndexOf('.');
    parent(path).set(path.substring(dot + 1), value);
  }

  /** Sets a field of the spec to a text. */
  public void set(String path, String value) {
    set(path, JSON.textNode(value));
  }

  /** Sets a field of the spec to a number. */
  public void set(String path, int value) {
    set(path, JSON.numberNode(value));
  }

  /** Sets a field of the spec unless it is said already; tells whether it did. */
  public boolean setIfAbsent(String path, String value) {
    if (text(path).isPresent()) {
      return false;
    }
    set(path, value);
    return true;
  }

  /** What a field of the spec says. */
  public Optional<String> text(String path) {
    JsonNode node = spec.at("/" + path.replace('.', '/'));
    return node.isMissingNode() ? Optional.empty() : Optional.of(node.asText());
  }

  /** Adds to a list of the spec what is not in it. */
  public void add(String path, JsonNode value) {
    ObjectNode parent = parent(path);
    ArrayNode list = parent.withArrayProperty(path.substring(path.lastIndexOf('.') + 1));
    for (JsonNode present : list) {
      if (present.equals(value)) {
        return;
      }
    }
    list.add(value);
  }

  /** The program's arguments, which may be equal. */
  public void arguments(List<String> arguments) {
    if (!arguments.isEmpty()) {
      ArrayNode list = JSON.arrayNode();
      arguments.forEach(list::add);
      set("main.args", list);
    }
  }

  /** Adds a text to a list of the spec. */
  public void add(String path, String value) {
    add(path, JSON.textNode(value));
  }

  /** A Spark property; names have dots, so it is no path. */
  public void conf(String key, String value) {
    spec.withObjectProperty("sparkConf").put(key, value);
  }

  /** A Hadoop property. */
  public void hadoopConf(String key, String value) {
    spec.withObjectProperty("hadoopConf").put(key, value);
  }

  /** The spec, in the order in which the reference has its fields. */
  public ObjectNode spec() {
    ObjectNode whole = spec.deepCopy();
    for (PodDraft pod : pods()) {
      pod.template()
          .ifPresent(template -> whole.withObjectProperty(pod.role()).set("template", template));
    }
    return SpecOrder.of(whole, SparkAppSpec.class);
  }

  /** The SparkApp. */
  public ObjectNode manifest() {
    ObjectNode app = JSON.objectNode();
    app.put("apiVersion", SparkApp.GROUP + "/" + SparkApp.VERSION);
    app.put("kind", "SparkApp");
    app.set("metadata", orderedMetadata());
    app.set("spec", spec());
    return app;
  }

  /** The metadata, as people write it. */
  public ObjectNode orderedMetadata() {
    ObjectNode ordered = JSON.objectNode();
    for (String name : METADATA) {
      if (metadata.has(name)) {
        ordered.set(name, metadata.get(name).deepCopy());
      }
    }
    return ordered;
  }

  private ObjectNode parent(String path) {
    ObjectNode node = spec;
    String[] names = path.split("[.]");
    for (int i = 0; i < names.length - 1; i++) {
      node = node.withObjectProperty(names[i]);
    }
    return node;
  }
}
