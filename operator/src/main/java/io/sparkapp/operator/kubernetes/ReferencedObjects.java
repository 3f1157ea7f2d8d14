package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.operator.applicationmaster.MissingReferences;
import io.sparkapp.operator.applicationmaster.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ConfigMaps, Secrets and claims of users: only looked for, by name. */
final class ReferencedObjects implements MissingReferences {

  private final KubernetesClient client;

  ReferencedObjects(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Looks for them.
   *
   * @throws MissingReferencesException when one is not there
   */
  void require(String namespace, List<Reference> references) {
    List<Reference> missing = among(namespace, references);
    if (!missing.isEmpty()) {
      throw new MissingReferencesException(missing);
    }
  }

  @Override
  public List<Reference> among(String namespace, List<Reference> references) {
    return references.stream().filter(reference -> !isThere(namespace, reference)).toList();
  }

  private boolean isThere(String namespace, Reference reference) {
    Optional<Map<String, String>> data =
        switch (reference.kind()) {
          case ConfigMap ->
              Optional.ofNullable(
                      client.configMaps().inNamespace(namespace).withName(reference.name()).get())
                  .map(ReferencedObjects::data);
          case Secret ->
              Optional.ofNullable(
                      client.secrets().inNamespace(namespace).withName(reference.name()).get())
                  .map(ReferencedObjects::data);
          case PersistentVolumeClaim ->
              Optional.ofNullable(
                      client
                          .persistentVolumeClaims()
                          .inNamespace(namespace)
                          .withName(reference.name())
                          .get())
                  .map(claim -> Map.of());
        };
    return data.isPresent() && reference.key().map(key -> data.get().containsKey(key)).orElse(true);
  }

  private static Map<String, String> data(ConfigMap map) {
    return map.getData() == null ? Map.of() : map.getData();
  }

  private static Map<String, String> data(Secret secret) {
    return secret.getData() == null ? Map.of() : secret.getData();
  }
}
