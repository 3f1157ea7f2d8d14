package io.sparkapp.operator.kubernetes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Remembers answers for a while; of too many it forgets the oldest. */
final class BrieflyKept<K, V> {

  private final Duration good;
  private final Clock clock;
  private final Map<K, Kept<V>> kept;

  BrieflyKept(Duration good, int most, Clock clock) {
    this.good = good;
    this.clock = clock;
    this.kept =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
            return size() > most;
          }
        };
  }

  private record Kept<V>(V value, Instant until) {}

  /** The answer of before, or the one that is found now; one that is not found is not kept. */
  V get(K key, Supplier<V> question) {
    synchronized (kept) {
      Kept<V> before = kept.get(key);
      if (before != null && clock.instant().isBefore(before.until())) {
        return before.value();
      }
      kept.remove(key);
    }
    // Not under the lock: one answer that takes long must not keep all others waiting.
    V value = question.get();
    synchronized (kept) {
      kept.put(key, new Kept<>(value, clock.instant().plus(good)));
    }
    return value;
  }
}
