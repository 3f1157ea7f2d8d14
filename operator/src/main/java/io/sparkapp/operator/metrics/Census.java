package io.sparkapp.operator.metrics;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkAppStatus.ExecutorCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Applications by queue: one look at each, from a cache. */
final class Census {

  /** What is counted of one queue. */
  static final class Count {
    private final Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
    private long asked;
    private long granted;
    private long running;
    private String firstAsked;

    int in(Phase phase) {
      return phases.getOrDefault(phase, 0);
    }

    long asked() {
      return asked;
    }

    long granted() {
      return granted;
    }

    long running() {
      return running;
    }

    /** Of those that wait now. */
    Duration longestWait(Instant now) {
      return firstAsked == null ? Duration.ZERO : Duration.between(Instant.parse(firstAsked), now);
    }

    private void add(SparkAppStatus status) {
      Phase phase = status.phase() == null ? Phase.Waiting : status.phase();
      phases.merge(phase, 1, Integer::sum);
      ExecutorCounts executors = status.executors();
      if (executors != null && (phase == Phase.Starting || phase == Phase.Running)) {
        asked += executors.asked();
        granted += executors.granted();
        running += executors.running();
      }
      if (phase == Phase.Waiting && status.times() != null && status.times().admitted() == null) {
        String asked = status.times().asked();
        // Such texts have the order of time, but for fractions of a second.
        firstAsked = firstAsked == null || asked.compareTo(firstAsked) < 0 ? asked : firstAsked;
      }
    }
  }

  private Census() {}

  /**
   * @param queues are counted though they have no application
   * @param label the queue of an application
   */
  static Map<String, Count> of(
      Stream<SparkApp> apps, Collection<String> queues, Function<SparkApp, String> label) {
    Map<String, Count> counts = new TreeMap<>();
    queues.forEach(queue -> counts.put(queue, new Count()));
    apps.forEach(
        app ->
            counts
                .computeIfAbsent(label.apply(app), queue -> new Count())
                .add(app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus()));
    return counts;
  }
}
