package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.ExecutorRequestStatus.Failure;
import io.sparkapp.crds.SparkAppSpec;
import io.sparkapp.crds.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Nodes that get no executor, or get one only if no other node takes it.
 *
 * @param never what Spark excluded, and where too many executors failed while another node is known
 * @param ratherNot where too many failed and no other node is known: perhaps there is none
 * @param failed how many failed, by node, of those of which too many did
 */
record ExcludedNodes(Set<String> never, Set<String> ratherNot, Map<String, Integer> failed) {

  /** {@code spark.excludeOnFailure.timeout}. */
  private static final String TIMEOUT = "spark.excludeOnFailure.timeout";

  private static final Duration AN_HOUR = Duration.ofHours(1);

  ExcludedNodes {
    never = new TreeSet<>(never);
    ratherNot = new TreeSet<>(ratherNot);
    failed = new TreeMap<>(failed);
  }

  /**
   * @param failures up to and with those that are about to be told
   */
  static ExcludedNodes of(Observed observed, Collection<Failure> failures) {
    SparkAppSpec spec = observed.app().getSpec();
    Instant since = observed.now().minus(timeout(spec));
    Map<String, Integer> bad = new TreeMap<>();
    failures.stream()
        .filter(failure -> failure.node() != null && Instant.parse(failure.at()).isAfter(since))
        .forEach(failure -> bad.merge(failure.node(), 1, Integer::sum));
    bad.values().removeIf(count -> count <= spec.limits().executorFailuresPerNode());
    Set<String> good = knownNodes(observed);
    good.removeAll(bad.keySet());
    Set<String> never = new HashSet<>(observed.wanted().excludedNodes());
    if (!good.isEmpty()) {
      never.addAll(bad.keySet());
    }
    return new ExcludedNodes(never, good.isEmpty() ? bad.keySet() : Set.of(), bad);
  }

  /** Nodes that have pods of this attempt; an operator may not have the right to list nodes. */
  private static Set<String> knownNodes(Observed observed) {
    Stream<Pod> pods = Stream.concat(observed.driver().stream(), observed.executors().stream());
    Set<String> nodes = new HashSet<>();
    pods.map(pod -> pod.getSpec().getNodeName()).filter(Objects::nonNull).forEach(nodes::add);
    return nodes;
  }

  /** How long a node is left out after its executors failed. */
  static Duration timeout(SparkAppSpec spec) {
    String written = spec.sparkConf().get(TIMEOUT);
    try {
      return written == null
          ? AN_HOUR
          : TimeSpan.parse(written.strip().toLowerCase(Locale.ROOT)).duration();
    } catch (IllegalArgumentException e) {
      // Spark itself says in the driver what is wrong with it.
      return AN_HOUR;
    }
  }

  /** Events about nodes that were not left out before. */
  List<Action> news(ExcludedNodes before, SparkAppSpec spec) {
    List<Action> news = new ArrayList<>();
    failed.forEach(
        (node, count) -> {
          if (!before.failed().containsKey(node)) {
            news.add(
                new Action.Announce(
                    EventReason.NodeExcluded,
                    "%d executors failed on node %s, and limits.executorFailuresPerNode is %d: other nodes get the next ones for %s."
                        .formatted(
                            count,
                            node,
                            spec.limits().executorFailuresPerNode(),
                            timeout(spec).toString().substring(2).toLowerCase(Locale.ROOT))));
          }
        });
    return news;
  }

  /** What is to be said of executors that no node takes. */
  Optional<String> sentence() {
    return never.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "left out because tasks or executors failed there: " + String.join(", ", never));
  }
}
