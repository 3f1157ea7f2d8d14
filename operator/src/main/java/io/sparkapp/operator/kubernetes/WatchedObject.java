package io.sparkapp.operator.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the object of a watch event. The client's own way makes a tree of the whole text first, for
 * its kind may stand anywhere, and an object of that tree afterwards; a third of what the operator
 * does while executors come. API servers write kind and version before all else, so that what there
 * is much of can be read as it comes. The rest is left to the client.
 */
final class WatchedObject extends JsonDeserializer<Object> {

  private static final String KIND = "kind";
  private static final String API_VERSION = "apiVersion";

  /** By version and kind. */
  private static final Map<String, Class<? extends HasMetadata>> MANY =
      List.of(Pod.class, ExecutorRequest.class, SparkApp.class).stream()
          .collect(
              Collectors.toMap(
                  each -> name(HasMetadata.getApiVersion(each), HasMetadata.getKind(each)),
                  Function.identity()));

  private static String name(String apiVersion, String kind) {
    return apiVersion + " " + kind;
  }

  @Override
  public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
    if (!json.isExpectedStartObjectToken()) {
      return context.readTreeAsValue(context.readTree(json), KubernetesResource.class);
    }
    ObjectNode head = context.getNodeFactory().objectNode();
    JsonToken token = json.nextToken();
    while (token == JsonToken.FIELD_NAME && isOfHead(json.currentName())) {
      String field = json.currentName();
      json.nextToken();
      head.set(field, context.readTree(json));
      token = json.nextToken();
    }
    Class<? extends HasMetadata> known =
        MANY.get(name(head.path(API_VERSION).asText(), head.path(KIND).asText()));
    if (known != null) {
      // Version and kind are the class' own.
      return context.readValue(json, known);
    }
    while (token == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      head.set(field, context.readTree(json));
      token = json.nextToken();
    }
    return context.readTreeAsValue(head, KubernetesResource.class);
  }

  private static boolean isOfHead(String field) {
    return field.equals(KIND) || field.equals(API_VERSION);
  }
}
