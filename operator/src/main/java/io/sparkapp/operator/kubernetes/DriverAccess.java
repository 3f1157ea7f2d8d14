package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
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
 * namespace starts, so that {@code kubectl create namespace} is all that a user has to do; and they
 * belong to the ClusterRole, so that they go when the operator is uninstalled.
 */
public final class DriverAccess {

  private final KubernetesClient client;
  private final String serviceAccount;
  private final String clusterRole;
  private final boolean managed;
  private final Set<String> ensured = ConcurrentHashMap.newKeySet();

  /**
   * @param serviceAccount name of the drivers' service account
   * @param clusterRole what it may do
   * @param managed whether the operator makes account and binding; otherwise an administrator does
   */
  public DriverAccess(
      KubernetesClient client, String serviceAccount, String clusterRole, boolean managed) {
    this.client = client;
    this.serviceAccount = serviceAccount;
    this.clusterRole = clusterRole;
    this.managed = managed;
  }

  void ensureIn(String namespace) {
    if (!managed || ensured.contains(namespace)) {
      return;
    }
    ClusterRole role = client.rbac().clusterRoles().withName(clusterRole).get();
    create(
        new ServiceAccountBuilder()
            .withMetadata(metadata(serviceAccount, namespace, role))
            .build());
    create(
        new RoleBindingBuilder()
            .withMetadata(metadata(clusterRole, namespace, role))
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", clusterRole)
            .addNewSubject(null, "ServiceAccount", serviceAccount, namespace)
            .build());
    ensured.add(namespace);
  }

  /** Looks again next time: somebody may have removed the namespace and made it anew. */
  void forget(String namespace) {
    ensured.remove(namespace);
  }

  private static ObjectMeta metadata(String name, String namespace, ClusterRole owner) {
    ObjectMetaBuilder metadata =
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(namespace)
            .withLabels(Map.of(Names.MANAGED_BY, Names.MANAGER));
    if (owner != null) {
      metadata.withOwnerReferences(
          new OwnerReferenceBuilder()
              .withApiVersion(owner.getApiVersion())
              .withKind(owner.getKind())
              .withName(owner.getMetadata().getName())
              .withUid(owner.getMetadata().getUid())
              .build());
    }
    return metadata.build();
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
