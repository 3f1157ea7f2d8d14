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
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
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
  private static final Set<String> HEAD = Set.of(KIND, API_VERSION);

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
    ObjectNode object = context.getNodeFactory().objectNode();
    json.nextToken();
    take(HEAD::contains, json, context, object);
    Class<? extends HasMetadata> known =
        MANY.get(name(object.path(API_VERSION).asText(), object.path(KIND).asText()));
    if (known != null) {
      // Version and kind are the class' own.
      return context.readValue(json, known);
    }
    take(field -> true, json, context, object);
    return context.readTreeAsValue(object, KubernetesResource.class);
  }

  /** Fields from where the parser is, for as long as they are wanted. */
  private static void take(
      Predicate<String> wanted, JsonParser json, DeserializationContext context, ObjectNode into)
      throws IOException {
    while (json.currentToken() == JsonToken.FIELD_NAME && wanted.test(json.currentName())) {
      String field = json.currentName();
      json.nextToken();
      into.set(field, context.readTree(json));
      json.nextToken();
    }
  }
}
