package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.sparkapp.operator.resourcemanager.Ceiling;
import io.sparkapp.operator.resourcemanager.Resources;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read of the cluster for queues. */
class NodeCapacityTest {

  private static Node node(String ready, Boolean unschedulable) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName("n")
        .endMetadata()
        .withNewSpec()
        .withUnschedulable(unschedulable)
        .endSpec()
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready)
        .endCondition()
        .withAllocatable(
            Map.of(
                "cpu", new Quantity("3920m"),
                "memory", new Quantity("8Gi"),
                "pods", new Quantity("110"),
                "nvidia.com/gpu", new Quantity("2")))
        .endStatus()
        .build();
  }

  @Test
  void nodesThatAreReadyAndTakePodsCount() {
    Ceiling two =
        NodeCapacity.of(
            List.of(
                node("True", null), node("True", false), node("True", true), node("Unknown", null)),
            Ceiling.NONE);

    assertThat(two.cpu()).isEqualTo(7840);
    assertThat(two.memory()).isEqualTo(16L << 30);
    assertThat(two.others()).containsOnly(Map.entry("nvidia.com/gpu", 4L));
  }

  @Test
  void aClusterWithoutNodesMayMakeThemWhenPodsWaitAndSetsNoLimit() {
    Ceiling before = Ceiling.exactly(new Resources(8000, 1L << 34));

    assertThat(NodeCapacity.of(List.of(), Ceiling.NONE)).isEqualTo(Ceiling.NONE);
    assertThat(NodeCapacity.of(List.of(), before)).isEqualTo(Ceiling.NONE);
  }

  @Test
  void nodesOfWhichNoneIsReadySetTheLimitThatTheyHadOrGiveNothing() {
    Ceiling before = Ceiling.exactly(new Resources(8000, 1L << 34));
    List<Node> nodes = List.of(node("False", null), node("True", true));

    assertThat(NodeCapacity.of(nodes, before)).isEqualTo(before);
    assertThat(NodeCapacity.of(nodes, Ceiling.NONE)).isEqualTo(Ceiling.exactly(Resources.NONE));
  }

  @Test
  void anApplicationThatNamesNoPriorityClassHasThatOfTheClustersDefault() {
    PriorityClasses classes =
        PriorityClasses.of(
            List.of(priorityClass("usual", 10, true), priorityClass("urgent", 1000, null)));

    assertThat(classes.valueOf(null)).isEqualTo(10);
    assertThat(classes.valueOf("urgent")).isEqualTo(1000);
    assertThat(classes.valueOf("unknown")).isZero();
    assertThat(PriorityClasses.NONE.valueOf(null)).isZero();
  }

  private static PriorityClass priorityClass(String name, int value, Boolean usual) {
    return new PriorityClassBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withValue(value)
        .withGlobalDefault(usual)
        .build();
  }
}
