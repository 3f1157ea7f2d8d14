package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A node stops answering: its kubelet stands still. There is one node only, so that nothing new can
 * run until it answers again; on k3s itself, where the kubelet is a part of the control plane's
 * process, it can not be told apart from that.
 */
@OnK3s
@Isolated("it stops the kubelet")
class NodeLostE2E {

  /** The control plane waits 50 s for a node before it taints it. */
  private static final Duration TAINTED = Duration.ofMinutes(4);

  private static final Duration BACK = Duration.ofMinutes(3);

  private static final String GIVE_UP_SOON =
      """
      [{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute,
        tolerationSeconds: 5}]
      """;

  @BeforeEach
  void install(Cluster cluster) {
    cluster.chart().ensureInstalled();
  }

  @Test
  void executorsOfALostNodeAreReplacedAsSoonAsThereIsANode(
      Cluster cluster, Applications applications) {
    try (PodHistory pods = PodHistory.of(applications)) {
      Application app =
          applications.apply(
              Manifest.running("left", "SlowCount", 2, "50", "4000")
                  .withPod("executor", "tolerations", GIVE_UP_SOON));
      app.awaitTasks();

      withoutNode(
          cluster,
          () -> {
            await().atMost(TAINTED).until(() -> pods.uids().containsKey("left-1-exec-3"));
            assertThat(app.awaitMessage("no node takes it").message())
                .contains("waits for executor")
                .contains("untolerated taint");
          });

      SparkAppStatus end = app.awaitSuccess();
      assertThat(app.driverLog()).contains("count: 50");
      assertThat(end.executors().failed()).isZero();
    }
  }

  @Test
  void anApplicationWhoseDriversNodeIsLostFailsWithThatReason(
      Cluster cluster, Applications applications) {
    Application app =
        applications.apply(
            Manifest.running("away", "SlowCount", 2, "50", "4000")
                .withPod("driver", "tolerations", GIVE_UP_SOON)
                .withPod("executor", "tolerations", GIVE_UP_SOON));
    app.awaitTasks();

    withoutNode(
        cluster,
        () -> {
          await().atMost(TAINTED).until(() -> app.driver().map(NodeLostE2E::leaving).orElse(true));
        });

    assertThat(app.awaitFailure().message())
        .startsWith("The driver was lost with node ")
        .endsWith("(DeletionByTaintManager); this is no fault of the application.");
  }

  private static void withoutNode(Cluster cluster, Runnable meanwhile) {
    SecondNode second = SecondNode.join(cluster.client());
    try {
      assumeTrue(
          cluster.node().withoutKubelet(meanwhile),
          "the kubelet is no process of its own: it can not stand still alone");
    } finally {
      second.close();
      await().atMost(BACK).until(() -> takesPods(cluster));
    }
  }

  /** The taint goes a moment after the node is ready; whoever comes next needs it. */
  private static boolean takesPods(Cluster cluster) {
    return cluster.client().nodes().list().getItems().stream()
        .allMatch(node -> node.getSpec().getTaints().isEmpty());
  }

  private static boolean leaving(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }
}
