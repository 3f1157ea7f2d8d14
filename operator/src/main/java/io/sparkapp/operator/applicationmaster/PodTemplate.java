package io.sparkapp.operator.applicationmaster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;

/**
 * Merges a user's pod template over the pod that the operator builds, as kubectl's strategic merge
 * does: objects field by field, lists of named things by name, other lists and volumes as a whole.
 * A template that says what makes the pod ours is refused.
 */
final class PodTemplate {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** List field to the field that tells its elements apart (Kubernetes' patchMergeKey). */
  private static final Map<String, String> MERGE_KEYS =
      Map.of(
          "containers", "name",
          "initContainers", "name",
          "volumes", "name",
          "env", "name",
          "volumeMounts", "mountPath",
          "ports", "containerPort",
          "imagePullSecrets", "name",
          "hostAliases", "ip",
          "topologySpreadConstraints", "topologyKey");

  private static final String VOLUMES = "volumes";

  private PodTemplate() {}

  /**
   * @param template a PodTemplateSpec as the user wrote it; null for none
   * @param role the name of our container
   * @param field where it stands, for the message
   * @throws UnusableSpecException when it says what the operator says, or is none
   */
  static Pod over(Pod ours, JsonNode template, String role, String field) {
    if (template == null || template.isNull() || template.isEmpty()) {
      return ours;
    }
    TemplateRules.check(template, role, field);
    ObjectNode merged = merge(JSON.valueToTree(ours), template);
    try {
      return JSON.treeToValue(merged, Pod.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new UnusableSpecException(
          field + " is no pod template: " + firstLine(e.getMessage()) + ".", e);
    }
  }

  private static ObjectNode merge(ObjectNode base, JsonNode over) {
    over.properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              JsonNode value = entry.getValue();
              JsonNode present = base.get(name);
              if (value.isNull()) {
                base.remove(name);
              } else if (present instanceof ObjectNode object && value.isObject()) {
                base.set(name, merge(object, value));
              } else if (present instanceof ArrayNode array
                  && value.isArray()
                  && MERGE_KEYS.containsKey(name)) {
                base.set(name, merge(array, value, name));
              } else {
                base.set(name, value.deepCopy());
              }
            });
    return base;
  }

  private static ArrayNode merge(ArrayNode base, JsonNode over, String list) {
    String key = MERGE_KEYS.get(list);
    for (JsonNode element : over) {
      int same = indexOf(base, element.path(key), key);
      if (same < 0) {
        base.add(element.deepCopy());
      } else if (base.get(same) instanceof ObjectNode object) {
        // A volume is of one kind: what both say together would be of two.
        base.set(same, VOLUMES.equals(list) ? element.deepCopy() : merge(object, element));
      }
    }
    return base;
  }

  private static int indexOf(ArrayNode array, JsonNode name, String key) {
    for (int i = 0; i < array.size(); i++) {
      if (!name.isMissingNode() && array.get(i).path(key).equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static String firstLine(String message) {
    return message == null ? "it can not be read" : message.lines().findFirst().orElse("");
  }
}
