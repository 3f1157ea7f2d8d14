package io.sparkapp.local.archives;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The few objects of the cluster that an operator is trained with, and who watches them. */
final class TrainingObjects {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final String METADATA = "/metadata";

  private final Map<ResourcePath, ObjectNode> objects = new LinkedHashMap<>();
  private final Map<String, List<BlockingQueue<byte[]>>> watches = new HashMap<>();
  private int version;

  /** Those that are there before the operator is. */
  static TrainingObjects first() throws IOException {
    TrainingObjects objects = new TrainingObjects();
    try (InputStream in = TrainingObjects.class.getResourceAsStream("training-cluster.json")) {
      JSON.readTree(in)
          .properties()
          .forEach(
              kind ->
                  kind.getValue().forEach(each -> objects.add(kind.getKey(), (ObjectNode) each)));
    }
    return objects;
  }

  private void add(String kind, ObjectNode object) {
    create(new ResourcePath(kind, object.at("/metadata/namespace").asText(), ""), object);
  }

  synchronized List<ObjectNode> list(ResourcePath path) {
    return objects.entrySet().stream()
        .filter(each -> path.lists(each.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  synchronized Optional<ObjectNode> get(ResourcePath path) {
    return Optional.ofNullable(objects.get(path));
  }

  /** With what an API server adds. */
  synchronized ObjectNode create(ResourcePath collection, ObjectNode object) {
    ObjectNode metadata = object.withObject(METADATA);
    metadata
        .put("uid", UUID.randomUUID().toString())
        .put("generation", 1)
        .put("creationTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    if (!collection.namespace().isEmpty()) {
      metadata.put("namespace", collection.namespace());
    }
    return put(collection.withName(metadata.path("name").asText()), object, "ADDED");
  }

  synchronized ObjectNode replace(ResourcePath path, ObjectNode object) {
    return put(path, object, "MODIFIED");
  }

  /**
   * Applies a patch; one for an object that is not there makes it.
   *
   * @param patch a JSON patch if it is an array, otherwise merged
   */
  synchronized ObjectNode patch(ResourcePath path, JsonNode patch) throws IOException {
    ObjectNode object = objects.getOrDefault(path, JSON.createObjectNode()).deepCopy();
    JsonNode patched =
        patch.isArray()
            ? JsonPatch.apply(patch, object)
            : JSON.readerForUpdating(object).<JsonNode>readValue(patch);
    return put(path, (ObjectNode) patched, "MODIFIED");
  }

  private ObjectNode put(ResourcePath path, ObjectNode object, String event) {
    version++;
    object.withObject(METADATA).put("resourceVersion", Integer.toString(version));
    objects.put(path, object);
    byte[] news =
        (JSON.createObjectNode().put("type", event).set("object", object) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    watches.getOrDefault(path.kind(), List.of()).forEach(watch -> watch.add(news));
    return object;
  }

  /** News of a kind from now on, whatever the watch selects, each as a line of the answer. */
  synchronized BlockingQueue<byte[]> watch(ResourcePath path) {
    BlockingQueue<byte[]> news = new LinkedBlockingQueue<>();
    watches.computeIfAbsent(path.kind(), kind -> new ArrayList<>()).add(news);
    return news;
  }
}
