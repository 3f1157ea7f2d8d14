package io.sparkapp.driver;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorExcluded;
import org.apache.spark.scheduler.SparkListenerExecutorUnexcluded;
import org.apache.spark.scheduler.SparkListenerNodeExcluded;
import org.apache.spark.scheduler.SparkListenerNodeUnexcluded;

/**
 * Follows whom Spark excludes because tasks fail there ({@code spark.excludeOnFailure}), and tells
 * which nodes are to get no further executor. Spark counts excluded executors by host to exclude
 * the host; as each has a host of its own here, they are counted by node.
 */
final class NodeExclusion extends SparkListener {

  private final ExecutorNodes nodes;
  private final int mostPerNode;
  private final Consumer<Collection<String>> excluded;
  private final Set<String> hosts = new HashSet<>();
  private final Map<String, String> executors = new HashMap<>();
  private Set<String> told = Set.of();

  /**
   * @param mostPerNode {@code spark.excludeOnFailure.application.maxFailedExecutorsPerNode}
   * @param excluded hears of all excluded nodes when there is a change
   */
  NodeExclusion(ExecutorNodes nodes, int mostPerNode, Consumer<Collection<String>> excluded) {
    this.nodes = nodes;
    this.mostPerNode = mostPerNode;
    this.excluded = excluded;
  }

  @Override
  public synchronized void onExecutorExcluded(SparkListenerExecutorExcluded event) {
    nodes.ofExecutor(event.executorId()).ifPresent(node -> executors.put(event.executorId(), node));
    tell();
  }

  @Override
  public synchronized void onExecutorUnexcluded(SparkListenerExecutorUnexcluded event) {
    executors.remove(event.executorId());
    tell();
  }

  @Override
  public synchronized void onNodeExcluded(SparkListenerNodeExcluded event) {
    hosts.add(event.hostId());
    tell();
  }

  @Override
  public synchronized void onNodeUnexcluded(SparkListenerNodeUnexcluded event) {
    hosts.remove(event.hostId());
    tell();
  }

  private void tell() {
    Stream<String> byHost = hosts.stream().flatMap(host -> nodes.ofHost(host).stream());
    Map<String, Long> byNode =
        executors.values().stream()
            .collect(Collectors.groupingBy(node -> node, Collectors.counting()));
    Stream<String> byExecutors =
        byNode.entrySet().stream()
            .filter(node -> node.getValue() >= mostPerNode)
            .map(Map.Entry::getKey);
    Set<String> now =
        Stream.concat(byHost, byExecutors).collect(Collectors.toCollection(TreeSet::new));
    if (!now.equals(told)) {
      told = now;
      excluded.accept(List.copyOf(now));
    }
  }
}
