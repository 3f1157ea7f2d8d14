package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The values of the cluster's PriorityClasses.
 *
 * @param values by name
 * @param usual of pods that name none
 */
record PriorityClasses(Map<String, Integer> values, int usual) {

  static final PriorityClasses NONE = new PriorityClasses(Map.of(), 0);

  static PriorityClasses of(List<PriorityClass> classes) {
    return new PriorityClasses(
        classes.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    each -> each.getMetadata().getName(), PriorityClass::getValue)),
        classes.stream()
            .filter(each -> Boolean.TRUE.equals(each.getGlobalDefault()))
            .mapToInt(PriorityClass::getValue)
            .max()
            .orElse(0));
  }

  /**
   * The priority of an application.
   *
   * @param name of its class; null when it names none
   */
  int valueOf(String name) {
    return name == null ? usual : values.getOrDefault(name, 0);
  }
}
