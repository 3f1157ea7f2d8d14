package io.sparkapp.operator.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many events may be written: of one reason about one object a burst, and then one now and
 * then, as client-go's EventSourceObjectSpamFilter has it. An application whose executors fail for
 * days must not fill etcd; its status and the metrics go on counting.
 */
final class EventBudget {

  static final int BURST = 25;
  static final Duration REFILL = Duration.ofMinutes(5);

  /** Objects and reasons that are remembered, as client-go does; the oldest are forgotten. */
  private static final int MOST = 4096;

  /** What may still be written at a time. */
  private record Left(double events, Instant at) {}

  private final Map<String, Left> budgets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Left> eldest) {
          return size() > MOST;
        }
      };

  /** Whether one more may be written; if so, it counts as written. */
  synchronized boolean takes(String uid, String reason, Instant now) {
    String key = uid + "/" + reason;
    Left before = budgets.getOrDefault(key, new Left(BURST, now));
    double refilled =
        Math.max(0, Duration.between(before.at(), now).toMillis()) / (double) REFILL.toMillis();
    double left = Math.min(BURST, before.events() + refilled);
    boolean takes = left >= 1;
    budgets.put(key, new Left(takes ? left - 1 : left, now));
    return takes;
  }
}
