package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.sparkapp.operator.resourcemanager.Ceiling;
import io.sparkapp.operator.resourcemanager.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the nodes of a cluster have for pods. */
final class NodeCapacity {

  /** How many pods a node takes is no resource that pods request. */
  private static final String PODS = "pods";

  private static final int MEBIBYTE = 20;

  private NodeCapacity() {}

  /**
   * Of all that are ready and take pods. A cluster without any nodes may be one that makes them
   * when pods wait, and sets no limit.
   *
   * @param before when there are nodes, and none takes pods just now, what they had is believed
   */
  static Ceiling of(List<Node> nodes, Ceiling before) {
    if (nodes.isEmpty()) {
      return Ceiling.NONE;
    }
    return ready(nodes)
        .map(Ceiling::exactly)
        .orElseGet(() -> before.equals(Ceiling.NONE) ? Ceiling.exactly(Resources.NONE) : before);
  }

  private static Optional<Resources> ready(List<Node> nodes) {
    return nodes.stream()
        .filter(NodeCapacity::takesPods)
        .map(node -> allocatable(node.getStatus().getAllocatable()))
        .reduce(Resources::plus)
        // Nodes count in KiB; sentences read better, and nothing fits less, in MiB.
        .map(all -> all.with("memory", all.memory() >> MEBIBYTE << MEBIBYTE));
  }

  private static boolean takesPods(Node node) {
    boolean ready =
        node.getStatus() != null
            && node.getStatus().getAllocatable() != null
            && node.getStatus().getConditions().stream()
                .anyMatch(
                    each -> "Ready".equals(each.getType()) && "True".equals(each.getStatus()));
    return ready
        && node.getMetadata().getDeletionTimestamp() == null
        && !Boolean.TRUE.equals(node.getSpec().getUnschedulable());
  }

  private static Resources allocatable(Map<String, Quantity> allocatable) {
    Map<String, Quantity> counted = new HashMap<>(allocatable);
    counted.remove(PODS);
    return Resources.of(counted);
  }
}
