package io.sparkapp.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Operators of which one leads.
 *
 * @param namespace where their lease is
 * @param lease how long a leader that says nothing leads
 * @param deadline how long one tries to renew it
 * @param retry how long they wait between two looks at it
 */
record Election(String namespace, Duration lease, Duration deadline, Duration retry) {

  /**
   * One that takes part.
   *
   * @param jobNamespaces which it serves; empty for all
   */
  SparkAppOperator candidate(
      KubernetesClient client, String identity, String jobNamespaces, Runnable lost)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("SPARKAPP_ENDPOINTS_HOST", "127.0.0.1");
    environment.put("SPARKAPP_ENDPOINTS_PORT", "0");
    environment.put("SPARKAPP_LEADER_ELECTION", "true");
    environment.put("SPARKAPP_LEASE_NAMESPACE", namespace);
    environment.put("SPARKAPP_IDENTITY", identity);
    environment.put("SPARKAPP_LEASE_DURATION", lease.toString());
    environment.put("SPARKAPP_LEASE_RENEW_DEADLINE", deadline.toString());
    environment.put("SPARKAPP_LEASE_RETRY_PERIOD", retry.toString());
    environment.put("SPARKAPP_JOB_NAMESPACES", jobNamespaces);
    return SparkAppOperator.start(
        OperatorConfig.from(environment), client, Clock.systemUTC(), lost);
  }

  /** Who leads; empty when nobody does. */
  String holder(KubernetesClient client) {
    return Optional.ofNullable(
            client.leases().inNamespace(namespace).withName("sparkapp-operator").get())
        .map(found -> found.getSpec())
        .map(LeaseSpec::getHolderIdentity)
        .orElse("");
  }
}
