package io.sparkapp.driver;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import scala.jdk.javaapi.CollectionConverters;

/** Which nodes hold the data of how many of Spark's pending tasks. */
final class DataLocality {

  /** No scheduler would look at more. */
  private static final int MOST_NODES = 20;

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  private DataLocality() {}

  /**
   * @param tasks by ResourceProfile and host, as {@code
   *     CoarseGrainedSchedulerBackend.rpHostToLocalTaskCount} has them
   * @return tasks by node; an address that is none of an executor's stands for no node
   */
  static Map<String, Integer> byNode(
      scala.collection.immutable.Map<Object, scala.collection.immutable.Map<String, Object>> tasks,
      ExecutorNodes nodes) {
    Map<String, Integer> sums = new HashMap<>();
    CollectionConverters.asJava(tasks)
        .values()
        .forEach(
            hosts ->
                CollectionConverters.asJava(hosts)
                    .forEach(
                        (host, count) -> {
                          String node = nodes.rack(host);
                          if (!ADDRESS.matcher(node).matches()) {
                            sums.merge(node, ((Number) count).intValue(), Integer::sum);
                          }
                        }));
    Map<String, Integer> most = new TreeMap<>();
    sums.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_NODES)
        .forEach(node -> most.put(node.getKey(), node.getValue()));
    return most;
  }
}
