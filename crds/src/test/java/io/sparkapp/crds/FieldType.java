package io.sparkapp.crds;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A field's type and its bounds, in words. */
final class FieldType {

  private static final int ANY_LENGTH = 1;

  private FieldType() {}

  static String of(JSONSchemaProps schema) {
    if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
      return schema.getEnum().stream()
          .map(value -> "`" + value.asText() + "`")
          .collect(Collectors.joining(", "));
    }
    List<String> words = new ArrayList<>(List.of(name(schema)));
    bounds(schema).stream().filter(bound -> !bound.isEmpty()).forEach(words::add);
    return String.join(", ", words);
  }

  private static String name(JSONSchemaProps schema) {
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
      return "number or text";
    }
    return switch (schema.getType()) {
      case "array" -> "list of " + plural(of(schema.getItems().getSchema()));
      case "string" -> "text";
      case "integer" -> "whole number";
      case "object" -> object(schema);
      default -> schema.getType();
    };
  }

  private static String object(JSONSchemaProps schema) {
    if (Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
      return "object of Kubernetes";
    }
    return schema.getAdditionalProperties() == null
        ? "object"
        : "map of names to " + name(schema.getAdditionalProperties().getSchema());
  }

  private static String plural(String name) {
    return name.equals("object") ? "objects" : name;
  }

  private static List<String> bounds(JSONSchemaProps schema) {
    return List.of(
        range(schema.getMinimum(), schema.getMaximum()),
        characters(schema),
        most(schema.getMaxItems(), "elements"),
        most(schema.getMaxProperties(), "entries"));
  }

  private static String range(Double least, Double most) {
    if (least == null && most == null) {
      return "";
    }
    if (most == null) {
      return "at least " + whole(least);
    }
    return least == null ? "at most " + whole(most) : whole(least) + " to " + whole(most);
  }

  private static String whole(Double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static String characters(JSONSchemaProps schema) {
    long least = Objects.requireNonNullElse(schema.getMinLength(), 0L);
    if (schema.getMaxLength() == null) {
      return least == 0 ? "" : "at least %d characters".formatted(least);
    }
    return least <= ANY_LENGTH
        ? most(schema.getMaxLength(), "characters")
        : "%d to %d characters".formatted(least, schema.getMaxLength());
  }

  private static String most(Long number, String what) {
    return number == null ? "" : "at most %d %s".formatted(number, what);
  }
}
