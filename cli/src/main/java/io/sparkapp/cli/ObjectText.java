package io.sparkapp.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Objects as JSON, YAML or names, as kubectl prints them. */
final class ObjectText {

  private final KubernetesSerialization serialization;

  ObjectText(KubernetesClient client) {
    this(client.getKubernetesSerialization());
  }

  ObjectText(KubernetesSerialization serialization) {
    this.serialization = serialization;
  }

  /** One object. */
  String of(HasMetadata object, OutputFormat format) {
    object.getMetadata().setManagedFields(List.of());
    return text(object, format);
  }

  /** Many objects as one of kind List. */
  String of(List<? extends HasMetadata> objects, OutputFormat format) {
    objects.forEach(object -> object.getMetadata().setManagedFields(List.of()));
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("apiVersion", "v1");
    list.put("kind", "List");
    list.put("items", objects);
    return text(list, format);
  }

  /** As {@code kubectl get -o name} has it. */
  static String name(HasMetadata object) {
    String group = object.getApiVersion().replaceFirst("/.*", "");
    return object.getKind().toLowerCase(Locale.ROOT)
        + "."
        + group
        + "/"
        + object.getMetadata().getName();
  }

  private String text(Object object, OutputFormat format) {
    if (format == OutputFormat.yaml) {
      return serialization.asYaml(object).replaceFirst("^---\n", "").stripTrailing();
    }
    try {
      return new ObjectMapper().readTree(serialization.asJson(object)).toPrettyString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
