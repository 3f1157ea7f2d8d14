package io.sparkapp.operator.applicationmaster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.HashMap;
import java.util.Map;

/**
 * Merges a user's pod template over the pod that the operator builds, as kubectl's strategic merge
 * does: objects field by field, lists of named things by name, other lists as a whole. What makes
 * the pod ours (name, labels, owner, restart policy) stays.
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

  private PodTemplate() {}

  /**
   * @param template a PodTemplateSpec as the user wrote it; null for none
   * @param field where it stands, for the message
   */
  static Pod over(Pod ours, JsonNode template, String field) {
    if (template == null || template.isNull() || template.isEmpty()) {
      return ours;
    }
    ObjectNode merged = merge(JSON.valueToTree(ours), template);
    try {
      Pod pod = JSON.treeToValue(merged, Pod.class);
      Map<String, String> labels = new HashMap<>(pod.getMetadata().getLabels());
      labels.putAll(ours.getMetadata().getLabels());
      return new PodBuilder(pod)
          .editMetadata()
          .withName(ours.getMetadata().getName())
          .withNamespace(ours.getMetadata().getNamespace())
          .withOwnerReferences(ours.getMetadata().getOwnerReferences())
          .withLabels(labels)
          .endMetadata()
          .editSpec()
          .withRestartPolicy(ours.getSpec().getRestartPolicy())
          .endSpec()
          .build();
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
                base.set(name, merge(array, value, MERGE_KEYS.get(name)));
              } else {
                base.set(name, value.deepCopy());
              }
            });
    return base;
  }

  private static ArrayNode merge(ArrayNode base, JsonNode over, String key) {
    for (JsonNode element : over) {
      int same = indexOf(base, element.path(key), key);
      if (same < 0) {
        base.add(element.deepCopy());
      } else if (base.get(same) instanceof ObjectNode object) {
        base.set(same, merge(object, element));
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
