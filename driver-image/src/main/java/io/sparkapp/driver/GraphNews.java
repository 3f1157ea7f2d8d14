package io.sparkapp.driver;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * When the graph is worth a write: when it has changed, but no more than once in three seconds, for
 * it is longer than all the rest that a driver writes.
 */
final class GraphNews {

  private static final long PAUSE_NANOS = Duration.ofSeconds(3).toNanos();

  private final StageGraph graph;
  private final Function<StageNode, OptionalInt> failures;
  private final Map<Attempted, Integer> known = new HashMap<>();
  private List<StageNode> told;
  private long toldChanges;
  private long toldAt;

  private record Attempted(int stage, Integer attempt) {}

  /**
   * @param failures how many attempts of the tasks of a stage failed that has ended; empty when
   *     that is not known, or not yet
   */
  GraphNews(StageGraph graph, Function<StageNode, OptionalInt> failures) {
    this.graph = graph;
    this.failures = failures;
  }

  /**
   * @param nanoTime of a clock that may begin anywhere
   * @param last whether it is told now or never
   * @return what is to be told, which is what was told before when it is not yet time; null when
   *     there is no stage
   */
  List<StageNode> at(long nanoTime, boolean last) {
    long changes = graph.changes();
    boolean same = changes == toldChanges;
    boolean early = told != null && nanoTime - toldAt < PAUSE_NANOS;
    if (!last && (same || early)) {
      return told;
    }
    List<StageNode> now = graph.shown(this::failed);
    known
        .keySet()
        .retainAll(
            now.stream()
                .map(stage -> new Attempted(stage.stage(), stage.attempt()))
                .collect(Collectors.toCollection(HashSet::new)));
    toldChanges = changes;
    if (!now.isEmpty() && !now.equals(told)) {
      told = now;
      toldAt = nanoTime;
    }
    return told;
  }

  private int failed(StageNode stage) {
    Attempted attempted = new Attempted(stage.stage(), stage.attempt());
    Integer before = known.get(attempted);
    if (before != null) {
      return before;
    }
    OptionalInt now = failures.apply(stage);
    now.ifPresent(count -> known.put(attempted, count));
    return now.orElse(0);
  }
}
