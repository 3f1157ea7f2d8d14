package io.sparkapp.e2e.k3s;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All objects of a cluster, of whatever kind, as {@code Kind namespace/name}. */
final class Inventory {

  private final KubernetesClient client;
  private final Set<String> objects = new TreeSet<>();

  private Inventory(KubernetesClient client) {
    this.client = client;
  }

  /** Events are left out: they go on their own. */
  static Set<String> of(KubernetesClient client) {
    Inventory inventory = new Inventory(client);
    Stream<String> versions =
        client.getApiGroups().getGroups().stream()
            .map(group -> group.getPreferredVersion().getGroupVersion());
    Stream.concat(Stream.of("v1"), versions).forEach(inventory::addAll);
    return inventory.objects;
  }

  private void addAll(String groupVersion) {
    APIResourceList resources = client.getApiResources(groupVersion);
    if (resources == null) {
      return;
    }
    int slash = groupVersion.indexOf('/');
    String group = slash < 0 ? "" : groupVersion.substring(0, slash);
    String version = groupVersion.substring(slash + 1);
    for (APIResource kind : resources.getResources()) {
      if (kind.getVerbs().contains("list") && !kind.getKind().equals("Event")) {
        add(group, version, kind);
      }
    }
  }

  private void add(String group, String version, APIResource kind) {
    ResourceDefinitionContext context =
        new ResourceDefinitionContext.Builder()
            .withGroup(group)
            .withVersion(version)
            .withKind(kind.getKind())
            .withPlural(kind.getName())
            .withNamespaced(kind.getNamespaced())
            .build();
    for (GenericKubernetesResource each :
        client.genericKubernetesResources(context).inAnyNamespace().list().getItems()) {
      String namespace = each.getMetadata().getNamespace();
      objects.add(
          kind.getKind()
              + " "
              + (namespace == null ? "" : namespace + "/")
              + each.getMetadata().getName());
    }
  }
}
