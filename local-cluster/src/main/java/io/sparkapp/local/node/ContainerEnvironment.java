package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Resolves the environment that a container's spec declares. Paths are still the container's own
 * here; they are mapped once, when all is resolved.
 */
final class ContainerEnvironment {
  private final PodFields fields;
  private final NamespaceData data;

  ContainerEnvironment(PodFields fields, NamespaceData data) {
    this.fields = fields;
    this.data = data;
  }

  /**
   * Variables in the order in which they were declared; {@code env} wins over {@code envFrom},
   * which wins over the given base.
   *
   * @throws ContainerConfigException if a Secret, ConfigMap or key is missing and not optional
   */
  Map<String, String> resolve(Container container, Map<String, String> base) {
    Map<String, String> variables = new LinkedHashMap<>(base);
    for (EnvFromSource source : orEmpty(container.getEnvFrom())) {
      addAll(source, variables);
    }
    for (EnvVar variable : orEmpty(container.getEnv())) {
      value(variable, container, variables)
          .ifPresent(value -> variables.put(variable.getName(), value));
    }
    return variables;
  }

  private void addAll(EnvFromSource source, Map<String, String> variables) {
    String prefix = source.getPrefix() == null ? "" : source.getPrefix();
    Map<String, byte[]> values = Map.of();
    if (source.getSecretRef() != null) {
      values =
          present(
              "secret",
              source.getSecretRef().getName(),
              source.getSecretRef().getOptional(),
              data.secret(source.getSecretRef().getName()));
    } else if (source.getConfigMapRef() != null) {
      values =
          present(
              "configmap",
              source.getConfigMapRef().getName(),
              source.getConfigMapRef().getOptional(),
              data.configMap(source.getConfigMapRef().getName()));
    }
    values.forEach((key, value) -> variables.put(prefix + key, text(value)));
  }

  private Optional<String> value(EnvVar variable, Container container, Map<String, String> known) {
    EnvVarSource source = variable.getValueFrom();
    if (source == null) {
      String value = variable.getValue() == null ? "" : variable.getValue();
      return Optional.of(VariableExpansion.expand(value, known));
    }
    if (source.getFieldRef() != null) {
      return Optional.of(fields.field(source.getFieldRef()));
    }
    if (source.getResourceFieldRef() != null) {
      return Optional.of(fields.resource(source.getResourceFieldRef(), container));
    }
    if (source.getSecretKeyRef() != null) {
      var reference = source.getSecretKeyRef();
      return key(
          "secret",
          "Secret",
          reference.getName(),
          reference.getKey(),
          reference.getOptional(),
          data.secret(reference.getName()));
    }
    if (source.getConfigMapKeyRef() != null) {
      var reference = source.getConfigMapKeyRef();
      return key(
          "configmap",
          "ConfigMap",
          reference.getName(),
          reference.getKey(),
          reference.getOptional(),
          data.configMap(reference.getName()));
    }
    throw new ContainerConfigException(
        "the source of environment variable %s is not supported on this node"
            .formatted(variable.getName()));
  }

  private Optional<String> key(
      String resource,
      String kind,
      String name,
      String key,
      Boolean optional,
      Optional<Map<String, byte[]>> values) {
    Map<String, byte[]> all = present(resource, name, optional, values);
    if (!all.containsKey(key) && !Boolean.TRUE.equals(optional)) {
      throw new ContainerConfigException(
          "couldn't find key %s in %s %s/%s"
              .formatted(key, kind, fields.pod().getMetadata().getNamespace(), name));
    }
    return Optional.ofNullable(all.get(key)).map(ContainerEnvironment::text);
  }

  private static Map<String, byte[]> present(
      String resource, String name, Boolean optional, Optional<Map<String, byte[]>> values) {
    if (values.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw new ContainerConfigException("%s \"%s\" not found".formatted(resource, name));
    }
    return values.orElse(Map.of());
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }
}
