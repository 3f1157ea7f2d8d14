package io.sparkapp.cli.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkapp.cli.submit.Remark.Kind;
import io.sparkapp.crds.PodTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes a pod template of Spark's own backend one that the operator takes: Spark's container gets
 * the name of its role, what a field says goes to that field, and what the operator says itself is
 * left out and remarked upon.
 */
public final class TemplateRules {

  private static final Set<String> SPARKS_NAMES =
      Set.of("spark-kubernetes-driver", "spark-kubernetes-executor", "driver", "executor");

  private static final String NAMED = "the operator names its pods and owns them.";

  private final AppDraft draft;
  private final PodDraft pod;
  private final Report report;

  /** Is told of what is left out. */
  public interface Report {

    /**
     * @param kind a note for what has no effect with Spark's own backend either
     * @param path within the template
     */
    void leftOut(Kind kind, String path, String sentence);
  }

  /** Rules for the template of one role. */
  public TemplateRules(AppDraft draft, PodDraft pod, Report report) {
    this.draft = draft;
    this.pod = pod;
    this.report = report;
  }

  /**
   * Takes the template over into the pod.
   *
   * @param container the name of Spark's container; empty for the one with Spark's name, or the
   *     first
   */
  public void start(ObjectNode written, String container) {
    ObjectNode template = written.deepCopy();
    remove(template, "", PodTemplate.PARTS, "a pod template has metadata and spec.");
    template.remove(List.of("apiVersion", "kind"));
    if (template.get("metadata") instanceof ObjectNode metadata) {
      for (String name : List.of("name", "generateName", "namespace", "creationTimestamp")) {
        drop(Kind.NOTE, metadata, "metadata.", name, NAMED);
      }
      remove(metadata, "metadata.", PodTemplate.METADATA, NAMED);
      PodTemplate.METADATA.forEach(kind -> reserved(metadata.path(kind), "metadata." + kind + "."));
    }
    if (template.get("spec") instanceof ObjectNode spec) {
      spec(spec);
      containers(spec, container);
    }
    pod.start(template);
  }

  private void remove(ObjectNode object, String path, Set<String> kept, String sentence) {
    for (String name : names(object)) {
      if (!kept.contains(name)) {
        JsonNode value = object.remove(name);
        if (!value.isNull()) {
          report.leftOut(Kind.LOST, path + name, sentence);
        }
      }
    }
  }

  private void reserved(JsonNode labels, String path) {
    if (labels instanceof ObjectNode object) {
      for (String name : names(object)) {
        if (PodTemplate.isReservedLabel(name)) {
          object.remove(name);
          report.leftOut(Kind.LOST, path + name, "the operator knows its pods by it.");
        }
      }
    }
  }

  private void spec(ObjectNode spec) {
    drop(
        Kind.NOTE,
        spec,
        "spec.",
        "restartPolicy",
        "executors are replaced by new ones, and spec.restart says what follows the driver's end.");
    drop(
        Kind.LOST,
        spec,
        "spec.",
        "priority",
        "priorityClassName says it for the whole application.");
    drop(Kind.LOST, spec, "spec.", "ephemeralContainers", "they are added to pods that run.");
    JsonNode priority = spec.remove("priorityClassName");
    if (priority != null
        && !draft.setIfAbsent("priorityClassName", priority.asText())
        && !draft.text("priorityClassName").orElse("").equals(priority.asText())) {
      report.leftOut(
          Kind.LOST,
          "spec.priorityClassName",
          "an application has one priority, and that is "
              + draft.text("priorityClassName").orElse("")
              + ".");
    }
    if (pod.role().equals("driver")) {
      JsonNode old = spec.remove("serviceAccount");
      JsonNode account = spec.remove("serviceAccountName");
      if (account != null || old != null) {
        draft.setIfAbsent("driver.serviceAccount", (account == null ? old : account).asText());
      }
    }
  }

  private void containers(ObjectNode spec, String named) {
    if (!(spec.get("containers") instanceof ArrayNode containers) || containers.isEmpty()) {
      spec.remove("containers");
      return;
    }
    int main = indexOfMain(containers, named);
    if (containers.get(main) instanceof ObjectNode container) {
      container.put("name", pod.role());
      container(container, "spec.containers[" + main + "].");
    }
  }

  private int indexOfMain(ArrayNode containers, String named) {
    for (int i = 0; i < containers.size(); i++) {
      String name = containers.get(i).path("name").asText();
      if (named.isEmpty() ? SPARKS_NAMES.contains(name) : named.equals(name)) {
        return i;
      }
    }
    return 0;
  }

  private void container(ObjectNode container, String path) {
    Stream.of(PodTemplate.START, PodTemplate.END)
        .flatMap(List::stream)
        .forEach(
            name ->
                drop(
                    Kind.LOST,
                    container,
                    path,
                    name,
                    "the operator starts Spark itself, and reads how it ended."));
    JsonNode image = container.remove("image");
    if (image != null) {
      pod.imageOfTemplate(image.asText());
    }
    if (container.get("resources") instanceof ObjectNode resources) {
      resources(resources, path + "resources.");
    }
    if (container.get("env") instanceof ArrayNode variables) {
      for (int i = variables.size() - 1; i >= 0; i--) {
        if (PodTemplate.isReservedVariable(variables.get(i).path("name").asText())) {
          variables.remove(i);
          report.leftOut(
              Kind.LOST, path + "env[" + i + "]", "the operator talks to its containers by it.");
        }
      }
    }
  }

  private void resources(ObjectNode resources, String path) {
    String sentence =
        "cores, memory and overhead say it, as they do with spark-submit: it had no effect there either.";
    for (String amount : PodTemplate.AMOUNTS) {
      String kind = amount.replaceFirst("/.*", "");
      if (resources.get(kind) instanceof ObjectNode amounts) {
        drop(Kind.NOTE, amounts, path + kind + ".", amount.substring(kind.length() + 1), sentence);
        if (amounts.isEmpty()) {
          resources.remove(kind);
        }
      }
    }
  }

  private void drop(Kind kind, ObjectNode object, String path, String name, String sentence) {
    JsonNode value = object.remove(name);
    if (value != null && !value.isNull()) {
      report.leftOut(kind, path + name, sentence);
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
