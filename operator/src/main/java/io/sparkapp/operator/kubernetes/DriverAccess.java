package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sparkapp.operator.applicationmaster.Names;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives drivers what they need in a namespace: their service account, bound to the one ClusterRole
 * that lets it read and patch ExecutorRequests. Both are made when the first application of a
 * namespace starts, so that {@code kubectl create namespace} is all that a user has to do.
 */
public final class DriverAccess {

  private final KubernetesClient client;
  private final String serviceAccount;
  private final boolean managed;
  private final Set<String> ensured = ConcurrentHashMap.newKeySet();

  /**
   * @param serviceAccount name of the drivers' service account, and of the ClusterRole
   * @param managed whether the operator makes them; otherwise an administrator does
   */
  public DriverAccess(KubernetesClient client, String serviceAccount, boolean managed) {
    this.client = client;
    this.serviceAccount = serviceAccount;
    this.managed = managed;
  }

  void ensureIn(String namespace) {
    if (!managed || ensured.contains(namespace)) {
      return;
    }
    Map<String, String> labels = Map.of(Names.MANAGED_BY, Names.MANAGER);
    create(
        new ServiceAccountBuilder()
            .withNewMetadata()
            .withName(serviceAccount)
            .withNamespace(namespace)
            .withLabels(labels)
            .endMetadata()
            .build());
    create(
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(serviceAccount)
            .withNamespace(namespace)
            .withLabels(labels)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", serviceAccount)
            .addNewSubject(null, "ServiceAccount", serviceAccount, namespace)
            .build());
    ensured.add(namespace);
  }

  /** Looks again next time: somebody may have removed the namespace and made it anew. */
  void forget(String namespace) {
    ensured.remove(namespace);
  }

  private void create(HasMetadata object) {
    try {
      client.resource(object).create();
    } catch (KubernetesClientException e) {
      if (!ApiRefusal.isAlreadyThere(e)) {
        throw e;
      }
    }
  }
}
