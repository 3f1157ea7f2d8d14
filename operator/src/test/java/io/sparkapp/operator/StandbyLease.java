package io.sparkapp.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;

/** Has an operator stand by: somebody else holds the Lease for an hour. */
final class StandbyLease {

  private static final int SECONDS = 3600;

  private StandbyLease() {}

  static void create(KubernetesClient admin, String namespace) {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    admin
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withName("sparkapp-operator")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity("somebody-else")
                .withLeaseDurationSeconds(SECONDS)
                .withAcquireTime(now)
                .withRenewTime(now)
                .withLeaseTransitions(0)
                .endSpec()
                .build())
        .create();
    // The chart's Role of its own namespace.
    admin
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName("sparkapp-operator")
                .withNamespace(namespace)
                .endMetadata()
                .addNewRule()
                .withApiGroups("coordination.k8s.io")
                .withResources("leases")
                .withVerbs("get", "create", "update", "patch")
                .endRule()
                .build())
        .create();
    admin
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("sparkapp-operator")
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "sparkapp-operator")
                .addNewSubject("rbac.authorization.k8s.io", "User", "sparkapp-operator", null)
                .build())
        .create();
  }

  static Map<String, String> settings(String namespace) {
    return Map.of(
        "SPARKAPP_LEADER_ELECTION", "true",
        "SPARKAPP_LEASE_NAMESPACE", namespace,
        "SPARKAPP_IDENTITY", "standby",
        "SPARKAPP_LEASE_DURATION", "PT1H",
        "SPARKAPP_LEASE_RENEW_DEADLINE", "PT30M",
        "SPARKAPP_LEASE_RETRY_PERIOD", "PT5S");
  }
}
