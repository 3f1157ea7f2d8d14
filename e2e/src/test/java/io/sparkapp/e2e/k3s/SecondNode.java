package io.sparkapp.e2e.k3s;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A second node, as far as the control plane can tell: it takes no pods, but says that it is alive.
 * Without one, a control plane whose only node stops answering thinks that it is cut off itself,
 * and evicts nothing.
 */
final class SecondNode implements AutoCloseable {

  private static final String NAME = "second";
  private static final String LEASES = "kube-node-lease";
  private static final int HEARTBEAT_SECONDS = 5;

  private final KubernetesClient client;
  private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();

  private SecondNode(KubernetesClient client) {
    this.client = client;
  }

  static SecondNode join(KubernetesClient client) {
    SecondNode second = new SecondNode(client);
    Node node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(NAME)
            .endMetadata()
            .withNewSpec()
            .withUnschedulable(true)
            .endSpec()
            .withNewStatus()
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .withReason("KubeletReady")
            .withLastHeartbeatTime(now().toInstant().toString())
            .endCondition()
            .endStatus()
            .build();
    client.resource(node).create();
    client.resource(node).patchStatus();
    second.heart.scheduleAtFixedRate(second::beat, 0, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    return second;
  }

  private void beat() {
    Lease lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(LEASES)
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity(NAME)
            .withLeaseDurationSeconds(40)
            .withRenewTime(now())
            .endSpec()
            .build();
    try {
      client.resource(lease).serverSideApply();
    } catch (KubernetesClientException e) {
      // One beat may fail; an exception would end them all.
      System.out.println("A heartbeat of node " + NAME + " failed: " + e.getMessage());
    }
  }

  private static ZonedDateTime now() {
    return ZonedDateTime.now(ZoneOffset.UTC);
  }

  @Override
  public void close() {
    heart.shutdownNow();
    client.nodes().withName(NAME).delete();
    client.leases().inNamespace(LEASES).withName(NAME).delete();
  }
}
