package io.sparkapp.cli.submit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;

/** Puts fields into the order in which the model, and so its documentation, has them. */
public final class SpecOrder {

  private SpecOrder() {}

  /**
   * What the model does not know comes last; properties are sorted by name.
   *
   * @param model the record that the fields are of
   */
  public static ObjectNode of(ObjectNode fields, Class<?> model) {
    ObjectNode ordered = JsonNodeFactory.instance.objectNode();
    for (RecordComponent component : model.getRecordComponents()) {
      JsonNode value = fields.get(nameOf(component));
      if (value instanceof ObjectNode inner && component.getType().isRecord()) {
        ordered.set(nameOf(component), of(inner, component.getType()));
      } else if (value instanceof ObjectNode inner && component.getType() == Map.class) {
        ordered.set(nameOf(component), sorted(inner));
      } else if (value != null) {
        ordered.set(nameOf(component), value);
      }
    }
    fields.properties().stream()
        .filter(field -> !ordered.has(field.getKey()))
        .forEach(field -> ordered.set(field.getKey(), field.getValue()));
    return ordered;
  }

  private static ObjectNode sorted(ObjectNode properties) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    properties.properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
    return JsonNodeFactory.instance.objectNode().setAll(sorted);
  }

  private static String nameOf(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property == null || property.value().isEmpty() ? component.getName() : property.value();
  }
}
