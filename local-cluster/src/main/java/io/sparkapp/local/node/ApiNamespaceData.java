package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads Secrets and ConfigMaps from the API server, one by one, as a node may. */
record ApiNamespaceData(KubernetesClient client, String namespace) implements NamespaceData {

  @Override
  public Optional<Map<String, byte[]>> secret(String name) {
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get())
        .map(ApiNamespaceData::values);
  }

  @Override
  public Optional<Map<String, byte[]>> configMap(String name) {
    return Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get())
        .map(ApiNamespaceData::values);
  }

  private static Map<String, byte[]> values(Secret secret) {
    return secret.getData() == null ? Map.of() : decoded(secret.getData());
  }

  private static Map<String, byte[]> values(ConfigMap configMap) {
    Map<String, byte[]> values = new HashMap<>();
    if (configMap.getBinaryData() != null) {
      values.putAll(decoded(configMap.getBinaryData()));
    }
    if (configMap.getData() != null) {
      configMap
          .getData()
          .forEach((key, value) -> values.put(key, value.getBytes(StandardCharsets.UTF_8)));
    }
    return values;
  }

  private static Map<String, byte[]> decoded(Map<String, String> encoded) {
    Map<String, byte[]> values = new HashMap<>();
    encoded.forEach((key, value) -> values.put(key, Base64.getDecoder().decode(value)));
    return values;
  }
}
