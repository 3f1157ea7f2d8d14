package io.sparkapp.local.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeFitTest {
  private static final Node NODE =
      new NodeBuilder()
          .withNewMetadata()
          .withName("here")
          .addToLabels("disk", "fast")
          .endMetadata()
          .withNewSpec()
          .endSpec()
          .withNewStatus()
          .addToAllocatable("cpu", new Quantity("4"))
          .addToAllocatable("memory", new Quantity("8Gi"))
          .addToAllocatable("pods", new Quantity("3"))
          .endStatus()
          .build();

  @Test
  void aPodFitsBesideOthersAsLongAsTheSumDoes() {
    Map<String, BigDecimal> used = PodRequests.sum(List.of(pod("1500m", "4Gi"), pod("1", "2Gi")));

    assertThat(obstacle(pod("1500m", "2Gi"), used)).isEmpty();
    assertThat(obstacle(pod("1501m", "2Gi"), used))
        .contains("0/1 nodes are available: 1 Insufficient cpu.");
    assertThat(obstacle(pod("2", "3Gi"), used))
        .contains("0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.");
  }

  @Test
  void aNodeTakesOnlySoManyPods() {
    Pod none = pod("0", "0");
    assertThat(obstacle(none, PodRequests.sum(List.of(none, none, none))))
        .contains("0/1 nodes are available: 1 Too many pods.");
  }

  @Test
  void aResourceThatTheNodeDoesNotHaveIsInsufficient() {
    Pod pod = pod("1", "1Gi");
    pod.getSpec()
        .getContainers()
        .get(0)
        .getResources()
        .getRequests()
        .put("nvidia.com/gpu", new Quantity("1"));
    assertThat(obstacle(pod, Map.of()))
        .contains("0/1 nodes are available: 1 Insufficient nvidia.com/gpu.");
  }

  @Test
  void theLargestInitContainerCountsIfItAsksForMoreThanAllOthers() {
    Pod pod =
        new PodBuilder(pod("1", "1Gi"))
            .editSpec()
            .addNewInitContainer()
            .withNewResources()
            .addToRequests("cpu", new Quantity("3"))
            .endResources()
            .endInitContainer()
            .endSpec()
            .build();
    assertThat(PodRequests.of(pod).get("cpu")).isEqualByComparingTo("3");
    assertThat(PodRequests.of(pod).get("memory"))
        .isEqualByComparingTo(BigDecimal.valueOf(1L << 30));
  }

  @Test
  void aNodeThatIsNotSelectedIsNoPlace() {
    Pod pod = pod("1", "1Gi");
    pod.getSpec().setNodeSelector(Map.of("disk", "fast"));
    assertThat(obstacle(pod, Map.of())).isEmpty();
    pod.getSpec().setNodeSelector(Map.of("disk", "slow"));
    assertThat(obstacle(pod, Map.of()))
        .contains("0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.");
  }

  @Test
  void aTaintKeepsPodsOutThatDoNotTolerateIt() {
    Node tainted =
        new NodeBuilder(NODE)
            .editSpec()
            .addNewTaint()
            .withKey("kept")
            .withValue("free")
            .withEffect("NoSchedule")
            .endTaint()
            .endSpec()
            .build();
    Pod tolerant =
        new PodBuilder(pod("1", "1Gi"))
            .editSpec()
            .addNewToleration()
            .withKey("kept")
            .withOperator("Exists")
            .endToleration()
            .endSpec()
            .build();

    assertThat(NodeFit.obstacle(tolerant, Optional.of(tainted), Map.of())).isEmpty();
    assertThat(NodeFit.obstacle(pod("1", "1Gi"), Optional.of(tainted), Map.of()))
        .contains("0/1 nodes are available: 1 node(s) had untolerated taint {kept: free}.");
  }

  @Test
  void withoutANodeThereIsNoPlace() {
    assertThat(NodeFit.obstacle(pod("1", "1Gi"), Optional.empty(), Map.of()))
        .contains("no nodes available to schedule pods");
  }

  private static Optional<String> obstacle(Pod pod, Map<String, BigDecimal> used) {
    return NodeFit.obstacle(pod, Optional.of(NODE), used);
  }

  private static Pod pod(String cpu, String memory) {
    return new PodBuilder()
        .withNewSpec()
        .addNewContainer()
        .withNewResources()
        .addToRequests("cpu", new Quantity(cpu))
        .addToRequests("memory", new Quantity(memory))
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }
}
