package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the node known to the API server and renews its lease, as a sign of life. */
final class NodeRegistration {
  private static final Logger LOG = LoggerFactory.getLogger(NodeRegistration.class);
  private static final String LEASES = "kube-node-lease";
  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final int LEASE_SECONDS = 40;

  private final KubernetesClient client;
  private final NodeObject node;
  private final Timers timers;
  private final Executor executor;
  private final Clock clock;

  NodeRegistration(
      KubernetesClient client, NodeObject node, Timers timers, Executor executor, Clock clock) {
    this.client = client;
    this.node = node;
    this.timers = timers;
    this.executor = executor;
    this.clock = clock;
  }

  /** Registers the node; what the API server says against it reaches the caller. */
  void register() {
    Node known = client.nodes().withName(node.name()).get();
    if (known == null) {
      client.resource(node.object()).create();
    }
    Node body =
        new NodeBuilder()
            .withNewMetadata()
            .withName(node.name())
            .endMetadata()
            .withStatus(node.status(clock.instant()))
            .build();
    client
        .nodes()
        .withName(node.name())
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            client.getKubernetesSerialization().asJson(body));
    renew();
  }

  private void renew() {
    try {
      renewLease();
    } catch (KubernetesClientException e) {
      LOG.debug("The lease of node {} is renewed later.", node.name(), e);
    } finally {
      timers.after(PERIOD, executor, this::renew);
    }
  }

  private void renewLease() {
    ZonedDateTime now = clock.instant().atZone(ZoneOffset.UTC);
    Lease known = client.leases().inNamespace(LEASES).withName(node.name()).get();
    if (known == null) {
      client.resource(newLease(now)).create();
    } else {
      known.getSpec().setRenewTime(now);
      client.resource(known).update();
    }
  }

  private Lease newLease(ZonedDateTime now) {
    Node owner = client.nodes().withName(node.name()).get();
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace(LEASES)
        .withName(node.name())
        .addNewOwnerReference()
        .withApiVersion("v1")
        .withKind("Node")
        .withName(node.name())
        .withUid(owner.getMetadata().getUid())
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(node.name())
        .withLeaseDurationSeconds(LEASE_SECONDS)
        .withRenewTime(now)
        .endSpec()
        .build();
  }
}
