package io.sparkapp.crds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the reference of all fields. A field is named by its whole path, so that a search for
 * {@code spec.executor.memory} ends at its line.
 *
 * @param examples the folder of the examples
 */
record FieldReference(Path examples) {

  private static final String BEGIN =
      """
      # Reference of all fields

      Every field of every custom resource of `sparkapp.io/v1alpha1`, with its type, its default and what the API server refuses. It is written
      from the CRDs by `FieldReferenceTest`, which fails when it is out of date; `kubectl explain sparkapp.spec.executor` says the same.
      Search for a whole path, such as `spec.executor.memory`; each has an anchor, `#sparkapp-spec-executor-memory`.

      A field without a default may be left out, and its description says what then counts. Times are RFC 3339 in UTC; amounts are
      Kubernetes quantities (`500m`, `4Gi`), memory is Spark's (`4g`) too.
      """;

  private static final List<String> KINDS =
      List.of("SparkApp", "ScheduledSparkApp", "SparkQueue", "ExecutorRequest");

  private static final Map<String, String> EXAMPLES =
      Map.of(
          "SparkApp", "restart.yaml",
          "ScheduledSparkApp", "scheduled.yaml",
          "SparkQueue", "queues.yaml");

  /** What has the fields of something else, which are told there. */
  private static final Map<String, String> TOLD_ELSEWHERE =
      Map.of(
          "ScheduledSparkApp spec.template", "SparkApp spec",
          "SparkQueue status.inForce", "SparkQueue spec",
          "ExecutorRequest spec.progress", "SparkApp status.progress");

  String markdown(List<Field> fields) {
    StringBuilder text = new StringBuilder(BEGIN).append('\n');
    List<Field> kinds = KINDS.stream().map(kind -> named(fields, kind)).toList();
    kinds.forEach(kind -> text.append(contents(kind)));
    for (Field kind : kinds) {
      text.append("\n## ").append(kind.kind()).append("\n\n").append(kind.description());
      text.append("\n\n").append(names(kind)).append(example(kind.kind()));
      text.append(rules(kind));
      objects(kind, fields).forEach(object -> text.append(section(object, fields)));
    }
    return text.toString();
  }

  private static String contents(Field kind) {
    return "- **[%s](#%s)** %s%n"
        .formatted(
            kind.kind(),
            kind.kind().toLowerCase(Locale.ROOT),
            kind.below().stream()
                .filter(half -> !half.below().isEmpty())
                .map(half -> "[%s](#%s)".formatted(half.path(), anchor(half)) + links(half))
                .collect(Collectors.joining("; ")));
  }

  /** A status is looked at as a whole; of a spec one wants a field. */
  private static String links(Field half) {
    return half.path().equals("status")
        ? ""
        : half.below().stream()
            .map(field -> "[%s](#%s)".formatted(last(field.path()), anchor(field)))
            .collect(Collectors.joining(", ", ": ", ""));
  }

  private static String names(Field kind) {
    CustomResourceDefinitionNames names = kind.definition().getSpec().getNames();
    return "`kubectl get %s`%s, %s.%n"
        .formatted(
            names.getPlural(),
            names.getShortNames().isEmpty() ? "" : ", short `" + names.getShortNames().get(0) + "`",
            kind.definition().getSpec().getScope().equals("Cluster")
                ? "of the whole cluster, in no namespace"
                : "in a namespace");
  }

  private String example(String kind) {
    String file = EXAMPLES.get(kind);
    if (file == null) {
      return "";
    }
    try {
      String whole = Files.readString(examples.resolve(file));
      return "\n```yaml\n# examples/%s\n%s\n```%n"
          .formatted(file, whole.replaceFirst("(?s)\n---\n.*", "").strip())
          .replaceAll("(?m)^#   .*\n", "");
    } catch (IOException e) {
      throw new UncheckedIOException("There is no such example: " + file, e);
    }
  }

  /** All objects with fields of their own that are told here, top first. */
  private static List<Field> objects(Field object, List<Field> fields) {
    List<Field> objects = new ArrayList<>();
    for (Field field : object.below()) {
      if (!field.below().isEmpty()) {
        objects.add(field);
        if (!TOLD_ELSEWHERE.containsKey(field.name())) {
          objects.addAll(objects(field, fields));
        } else if (!paths(field).equals(paths(elsewhere(field, fields)))) {
          throw new IllegalStateException(
              field.name() + " is not like " + TOLD_ELSEWHERE.get(field.name()));
        }
      }
    }
    return objects;
  }

  private static String section(Field object, List<Field> fields) {
    StringBuilder text =
        new StringBuilder(
            "\n<a id=\"%s\"></a>\n\n### %s%n%n".formatted(anchor(object), object.name()));
    text.append(object.description()).append('\n');
    if (TOLD_ELSEWHERE.containsKey(object.name())) {
      Field elsewhere = elsewhere(object, fields);
      return text.append(
              "The same fields as [%s](#%s) has.%n".formatted(elsewhere.name(), anchor(elsewhere)))
          .toString();
    }
    text.append(rules(object));
    text.append("\n| field | type | default | |\n|---|---|---|---|\n");
    object.below().forEach(field -> text.append(row(field)));
    return text.toString();
  }

  private static String row(Field field) {
    boolean object = !field.below().isEmpty();
    String path = "`%s`".formatted(field.path());
    return "| %s | %s | %s | %s |%n"
        .formatted(
            object
                ? "[%s](#%s)".formatted(path, anchor(field))
                : "<a id=\"%s\"></a>%s".formatted(anchor(field), path),
            FieldType.of(field.schema()),
            field.required() ? "required" : standard(field),
            cell(field.description() + (object ? "" : " " + refusals(field)).stripTrailing()));
  }

  private static String standard(Field field) {
    JsonNode value = field.schema().getDefault();
    if (value == null || value.isNull()) {
      return "";
    }
    try {
      return "`%s`".formatted(value.isTextual() ? value.asText() : json(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(field.name() + " has a default that is no JSON", e);
    }
  }

  private static String json(JsonNode value) throws JsonProcessingException {
    return new ObjectMapper()
        .writeValueAsString(value)
        .replace("\"", "")
        .replace(",", ", ")
        .replace(":", ": ");
  }

  private static String refusals(Field field) {
    return field.rules().stream()
        .map(rule -> "*" + rule + ".*")
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private static String rules(Field object) {
    return object.rules().isEmpty()
        ? ""
        : object.rules().stream()
            .distinct()
            .map(rule -> "- " + rule + ".\n")
            .collect(Collectors.joining("", "\nRefused otherwise:\n\n", ""));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
  }

  private static Field named(List<Field> fields, String name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst().orElseThrow();
  }

  private static Field elsewhere(Field field, List<Field> fields) {
    return named(fields, TOLD_ELSEWHERE.get(field.name()));
  }

  /** All that is below a field, seen from there. */
  private static List<String> paths(Field field) {
    List<String> paths = new ArrayList<>();
    for (Field below : field.below()) {
      paths.add(last(below.path()));
      paths.addAll(paths(below));
    }
    return paths;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** As {@code sparkapp-spec-executor-memory}. */
  private static String anchor(Field field) {
    return field.name().toLowerCase(Locale.ROOT).replaceAll("[ .]", "-").replace("[]", "");
  }
}
