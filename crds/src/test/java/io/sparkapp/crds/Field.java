package io.sparkapp.crds;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One field of a custom resource as its CRD has it.
 *
 * @param definition the CRD
 * @param path from the object's top, as {@code spec.executor.memory}; of a list's elements {@code
 *     status.history[].message}, of the object itself empty
 * @param required whether the object around it can not be without it
 * @param schema all that the API server knows of it
 */
record Field(
    CustomResourceDefinition definition, String path, boolean required, JSONSchemaProps schema) {

  /** All fields of these CRDs, each object before what is in it. */
  static List<Field> all(Collection<String> definitions) {
    List<Field> fields = new ArrayList<>();
    for (String yaml : definitions) {
      CustomResourceDefinition definition =
          Serialization.unmarshal(yaml, CustomResourceDefinition.class);
      JSONSchemaProps root =
          definition.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
      add(new Field(definition, "", true, root), fields);
    }
    return fields;
  }

  private static void add(Field field, List<Field> fields) {
    fields.add(field);
    field.below().forEach(each -> add(each, fields));
  }

  /** The fields of an object, or of a list's elements. */
  List<Field> below() {
    boolean list = schema.getItems() != null;
    JSONSchemaProps object = list ? schema.getItems().getSchema() : schema;
    Map<String, JSONSchemaProps> properties =
        Objects.requireNonNullElse(object.getProperties(), Map.of());
    List<String> needed = Objects.requireNonNullElse(object.getRequired(), List.of());
    String prefix = path + (list ? "[]" : "") + (path.isEmpty() ? "" : ".");
    return properties.entrySet().stream()
        .map(
            each ->
                new Field(
                    definition,
                    prefix + each.getKey(),
                    needed.contains(each.getKey()),
                    each.getValue()))
        .toList();
  }

  String kind() {
    return definition.getSpec().getNames().getKind();
  }

  /** For messages: kind and path. */
  String name() {
    return path.isEmpty() ? kind() : kind() + " " + path;
  }

  String description() {
    return Objects.requireNonNullElse(schema.getDescription(), "");
  }

  /** What the API server says to those who break a rule, those of a list's elements included. */
  List<String> rules() {
    List<String> messages = new ArrayList<>(rules(schema));
    if (schema.getItems() != null) {
      messages.addAll(rules(schema.getItems().getSchema()));
    }
    return messages;
  }

  private static List<String> rules(JSONSchemaProps schema) {
    return Objects.requireNonNullElse(schema.getXKubernetesValidations(), List.<ValidationRule>of())
        .stream()
        .map(rule -> Objects.requireNonNullElse(rule.getMessage(), ""))
        .toList();
  }
}
