package io.sparkapp.operator.applicationmaster;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkapp.crds.PodTemplate;
import io.sparkapp.crds.SparkAppSpec;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a pod template may not say, because the operator or a field of the spec says it already. A
 * template that says it is refused: to ignore it would be a surprise later.
 */
final class TemplateRules {

  private static final String STARTS =
      "the operator starts Spark itself: arguments are spec.main.args, options of the JVM are javaOptions";
  private static final String ENDS = "the operator reads there how the container ended";

  private final JsonNode template;
  private final String role;
  private final String field;

  private TemplateRules(JsonNode template, String role, String field) {
    this.template = template;
    this.role = role;
    this.field = field;
  }

  /**
   * Looks at the templates of both roles.
   *
   * @throws UnusableSpecException with the sentence that the user reads
   */
  static void checkAll(SparkAppSpec spec) {
    check(spec.driver().template(), Names.DRIVER, "spec.driver.template");
    check(spec.executor().template(), Names.EXECUTOR, "spec.executor.template");
  }

  /**
   * Looks at a template.
   *
   * @param role the name of our container, driver or executor
   * @param field where the template stands, for the message
   * @throws UnusableSpecException with the sentence that the user reads
   */
  static void check(JsonNode template, String role, String field) {
    if (template == null || template.isNull()) {
      return;
    }
    TemplateRules rules = new TemplateRules(template, role, field);
    rules.parts();
    rules.metadata();
    rules.spec();
    template.at("/spec/containers").forEach(rules::container);
  }

  private void parts() {
    names(template)
        .filter(name -> !PodTemplate.PARTS.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw refused(name, "a pod template has metadata and spec");
            });
  }

  private void metadata() {
    JsonNode metadata = template.path("metadata");
    names(metadata)
        .filter(name -> !PodTemplate.METADATA.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw refused(
                  "metadata." + name,
                  "the operator names its pods and owns them; labels and annotations are yours");
            });
    for (String kind : PodTemplate.METADATA) {
      names(metadata.path(kind))
          .filter(PodTemplate::isReservedLabel)
          .findFirst()
          .ifPresent(
              name -> {
                throw refused("metadata." + kind + "." + name, "the operator knows its pods by it");
              });
    }
  }

  private void spec() {
    JsonNode spec = template.path("spec");
    if (spec.has("restartPolicy")) {
      throw refused(
          "spec.restartPolicy",
          "what follows a failure is said in spec.restart, and executors are replaced by new ones");
    }
    if (spec.has("priorityClassName") || spec.has("priority")) {
      throw refused(
          "spec." + (spec.has("priority") ? "priority" : "priorityClassName"),
          "spec.priorityClassName says it for all pods of the application, and the queue counts by it");
    }
    if (spec.has("containers") && spec.path("containers").isNull()) {
      throw refused("spec.containers", "without containers nothing would run");
    }
    if (spec.has("ephemeralContainers")) {
      throw refused(
          "spec.ephemeralContainers", "they are added to pods that run, with kubectl debug");
    }
  }

  private void container(JsonNode container) {
    if (!role.equals(container.path("name").asText())) {
      return;
    }
    String path = "spec.containers[" + role + "].";
    PodTemplate.START.forEach(name -> absent(container, path, name, STARTS));
    PodTemplate.END.forEach(name -> absent(container, path, name, ENDS));
    for (String amount : PodTemplate.AMOUNTS) {
      if (!container.path("resources").at("/" + amount).isMissingNode()) {
        throw refused(
            path + "resources." + amount.replace('/', '.'),
            "spec."
                + role
                + ".memory, .memoryOverhead, .cores and .cpuRequest say it, and the queue counts those");
      }
    }
    for (JsonNode variable : container.path("env")) {
      String name = variable.path("name").asText();
      if (PodTemplate.isReservedVariable(name)) {
        throw refused(path + "env[" + name + "]", "the operator talks to its containers by it");
      }
    }
  }

  private void absent(JsonNode container, String path, String name, String why) {
    if (container.has(name)) {
      throw refused(path + name, why);
    }
  }

  private UnusableSpecException refused(String what, String why) {
    return new UnusableSpecException(
        field + " may not have " + what + ": " + why + "; leave it out.");
  }

  private static Stream<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey);
  }
}
