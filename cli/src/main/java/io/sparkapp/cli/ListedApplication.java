package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.sparkapp.crds.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What lists tell of an application. It reads only these few fields: to learn all the classes of a
 * SparkApp would take longer than to list thousands.
 *
 * @param object as the API server has it
 */
record ListedApplication(GenericKubernetesResource object) {

  private static final String DEFAULT_QUEUE = "default";

  /** Of the fields as JSON has them; of the metadata only what is told here is taken over. */
  static ListedApplication of(Map<String, Object> fields) {
    Map<?, ?> said = fields.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    ObjectMeta metadata = new ObjectMeta();
    metadata.setName((String) said.get("name"));
    metadata.setNamespace((String) said.get("namespace"));
    metadata.setCreationTimestamp((String) said.get("creationTimestamp"));
    GenericKubernetesResource object = new GenericKubernetesResource();
    object.setApiVersion((String) fields.get("apiVersion"));
    object.setKind((String) fields.get("kind"));
    object.setMetadata(metadata);
    object.setAdditionalProperties(fields);
    return new ListedApplication(object);
  }

  String name() {
    return object.getMetadata().getName();
  }

  String namespace() {
    return object.getMetadata().getNamespace();
  }

  Instant created() {
    return Instant.parse(object.getMetadata().getCreationTimestamp());
  }

  /** Empty until the operator has seen it. */
  Optional<Phase> phase() {
    return text("status", "phase").map(Phase::valueOf);
  }

  /** Where it stands; one that the operator has not seen waits. */
  Phase phaseOrWaiting() {
    return phase().orElse(Phase.Waiting);
  }

  /** The queue that it is charged to; before the operator saw it, the one it names. */
  String queue() {
    return text("status", "queue").or(() -> text("spec", "queue")).orElse(DEFAULT_QUEUE);
  }

  Optional<String> user() {
    return text("spec", "user");
  }

  /** How long it runs or ran; empty for one that has not started. */
  Optional<Duration> duration(Instant now) {
    return text("status", "started")
        .map(Instant::parse)
        .map(started -> Duration.between(started, ended().orElse(now)));
  }

  private Optional<Instant> ended() {
    return text("status", "ended").map(Instant::parse);
  }

  /** How many executors run now. */
  int executors() {
    return at("status", "executors", "running")
        .map(number -> ((Number) number).intValue())
        .orElse(0);
  }

  /** A field as text. */
  Optional<String> text(String... path) {
    return at(path).map(Object::toString);
  }

  private Optional<Object> at(String... path) {
    Object value = object.getAdditionalProperties();
    for (String field : path) {
      value = value instanceof Map<?, ?> fields ? fields.get(field) : null;
    }
    return Optional.ofNullable(value);
  }
}
