package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;

/**
 * Descriptions that the generator leaves out: those of the kind, of its spec and its status, and
 * those of the fields that Kubernetes' own types have.
 */
final class Descriptions {

  private static final Map<String, String> CONDITION =
      Map.of(
          "type", "What it is about.",
          "status", "True, False or Unknown.",
          "reason", "Why, in one word for programs.",
          "message", "Why, in one sentence.",
          "lastTransitionTime", "When status changed last, RFC 3339.",
          "observedGeneration", "The generation of the spec that this condition speaks of.");

  private static final Map<String, String> LABEL_SELECTOR =
      Map.of(
          "matchLabels", "Labels that there have to be, with these values.",
          "matchExpressions", "What else labels have to be like; all of it.");

  private static final Map<String, String> LABEL_SELECTOR_REQUIREMENT =
      Map.of(
          "key", "The label.",
          "operator", "In, NotIn, Exists or DoesNotExist.",
          "values", "For In and NotIn: the values.");

  private Descriptions() {}

  static void add(JSONSchemaProps root, Class<? extends CustomResource<?, ?>> kind) {
    Type[] halves = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
    root.setDescription(said(kind));
    root.getProperties().get("spec").setDescription(said(halves[0]));
    root.getProperties().get("status").setDescription(said(halves[1]));
    addBelow(root);
  }

  private static String said(Type type) {
    return ((Class<?>) type).getAnnotation(JsonClassDescription.class).value();
  }

  private static void addBelow(JSONSchemaProps schema) {
    Map<String, JSONSchemaProps> fields = schema.getProperties();
    if (fields != null) {
      ofKubernetes(fields.keySet())
          .forEach((name, description) -> fields.get(name).setDescription(description));
      fields.values().forEach(Descriptions::addBelow);
    }
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      addBelow(schema.getItems().getSchema());
    }
  }

  private static Map<String, String> ofKubernetes(Set<String> fields) {
    for (Map<String, String> type : Set.of(CONDITION, LABEL_SELECTOR, LABEL_SELECTOR_REQUIREMENT)) {
      if (type.keySet().equals(fields)) {
        return type;
      }
    }
    return Map.of();
  }
}
