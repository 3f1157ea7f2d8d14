package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeAffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTermBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps an executor's pod off excluded nodes, and draws it to those that hold the data of Spark's
 * tasks. What the user's template says of nodes stays in force.
 */
final class NodeAffinities {

  private static final String HOSTNAME = "kubernetes.io/hostname";
  private static final int MOST_PREFERRED = 20;
  private static final int HEAVIEST = 100;

  private NodeAffinities() {}

  /**
   * @param preferred tasks that would be local, by node
   */
  static Pod with(Pod pod, ExcludedNodes excluded, Map<String, Integer> preferred) {
    if (excluded.never().isEmpty() && excluded.ratherNot().isEmpty() && preferred.isEmpty()) {
      return pod;
    }
    Affinity affinity = Optional.ofNullable(pod.getSpec().getAffinity()).orElseGet(Affinity::new);
    NodeAffinity nodes =
        Optional.ofNullable(affinity.getNodeAffinity()).orElseGet(NodeAffinity::new);
    NodeAffinityBuilder built = new NodeAffinityBuilder(nodes);
    if (!excluded.never().isEmpty()) {
      built
          .editOrNewRequiredDuringSchedulingIgnoredDuringExecution()
          .withNodeSelectorTerms(required(nodes, excluded.never()))
          .endRequiredDuringSchedulingIgnoredDuringExecution();
    }
    List<PreferredSchedulingTerm> wishes = new ArrayList<>();
    if (!excluded.ratherNot().isEmpty()) {
      wishes.add(wish(HEAVIEST, without(excluded.ratherNot())));
    }
    wishes.addAll(near(preferred));
    return new PodBuilder(pod)
        .editSpec()
        .withAffinity(
            new AffinityBuilder(affinity)
                .withNodeAffinity(
                    built.addAllToPreferredDuringSchedulingIgnoredDuringExecution(wishes).build())
                .build())
        .endSpec()
        .build();
  }

  /** Terms are alternatives: each of them has to leave the nodes out. */
  private static List<NodeSelectorTerm> required(NodeAffinity users, Collection<String> never) {
    List<NodeSelectorTerm> terms =
        Optional.ofNullable(users.getRequiredDuringSchedulingIgnoredDuringExecution())
            .map(selector -> selector.getNodeSelectorTerms())
            .filter(list -> !list.isEmpty())
            .orElseGet(() -> List.of(new NodeSelectorTerm()));
    return terms.stream()
        .map(
            term ->
                new NodeSelectorTermBuilder(term)
                    .addAllToMatchFields(without(never).getMatchFields())
                    .build())
        .toList();
  }

  /** The API server takes one name for each such requirement. */
  private static NodeSelectorTerm without(Collection<String> nodes) {
    List<NodeSelectorRequirement> fields =
        nodes.stream()
            .map(
                node ->
                    new NodeSelectorRequirementBuilder()
                        .withKey("metadata.name")
                        .withOperator("NotIn")
                        .withValues(node)
                        .build())
            .toList();
    return new NodeSelectorTermBuilder().withMatchFields(fields).build();
  }

  private static List<PreferredSchedulingTerm> near(Map<String, Integer> preferred) {
    int most = preferred.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    return preferred.entrySet().stream()
        .filter(node -> node.getValue() > 0)
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_PREFERRED)
        .map(node -> wish(Math.max(1, HEAVIEST * node.getValue() / most), at(node.getKey())))
        .toList();
  }

  /** Spark knows a node by its host's name, which need not be the node's. */
  private static NodeSelectorTerm at(String host) {
    return new NodeSelectorTermBuilder()
        .addNewMatchExpression()
        .withKey(HOSTNAME)
        .withOperator("In")
        .withValues(host)
        .endMatchExpression()
        .build();
  }

  private static PreferredSchedulingTerm wish(int weight, NodeSelectorTerm term) {
    return new PreferredSchedulingTermBuilder().withWeight(weight).withPreference(term).build();
  }
}
