package io.sparkapp.operator.applicationmaster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkapp.crds.SparkAppSpec;

/** The user's template for executors' pods, as far as it is meant for a ResourceProfile. */
final class ExecutorTemplate {

  private ExecutorTemplate() {}

  /**
   * As in Spark the resources of the template's container are those of the default profile: the
   * others' come from the program.
   *
   * @return null where there is none
   */
  static JsonNode of(SparkAppSpec spec, int profile) {
    JsonNode template = spec.executor().template();
    if (profile == 0 || template == null) {
      return template;
    }
    JsonNode others = template.deepCopy();
    for (JsonNode container : others.path("spec").path("containers")) {
      if (container instanceof ObjectNode object
          && Names.EXECUTOR.equals(object.path("name").asText())) {
        object.remove("resources");
      }
    }
    return others;
  }
}
