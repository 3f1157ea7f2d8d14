package io.sparkapp.helm;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * What the chart renders.
 *
 * @param text as Helm prints it
 * @param objects the same, parsed
 */
record Rendered(String text, List<HasMetadata> objects) {

  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <T extends HasMetadata> T one(Class<T> kind, String name) {
    return one(kind, null, name);
  }

  /**
   * @param namespace null for any
   */
  <T extends HasMetadata> T one(Class<T> kind, String namespace, String name) {
    return all(kind).stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .filter(
            object ->
                namespace == null || Objects.equals(object.getMetadata().getNamespace(), namespace))
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    kind.getSimpleName() + " " + name + " is not among " + names()));
  }

  /** {@code Kind/name}, or {@code Kind/namespace/name}. */
  List<String> names() {
    return objects.stream()
        .map(
            object ->
                object.getMetadata().getNamespace() == null
                    ? object.getKind() + "/" + object.getMetadata().getName()
                    : object.getKind()
                        + "/"
                        + object.getMetadata().getNamespace()
                        + "/"
                        + object.getMetadata().getName())
        .toList();
  }

  /** All pods that the objects make, by the name of what makes them. */
  Map<String, PodSpec> pods() {
    Map<String, PodSpec> pods = new LinkedHashMap<>();
    all(Deployment.class)
        .forEach(
            each -> pods.put(each.getMetadata().getName(), each.getSpec().getTemplate().getSpec()));
    all(Pod.class).forEach(each -> pods.put(each.getMetadata().getName(), each.getSpec()));
    return pods;
  }
}
