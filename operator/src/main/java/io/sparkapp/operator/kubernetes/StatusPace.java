package io.sparkapp.operator.kubernetes;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Has what comes in quick succession, such as executors of one application that start, told in one
 * write: what is no more than news waits until the last status of its application is {@link #PAUSE}
 * old. It is decided anew then, so that nothing of it is kept.
 */
final class StatusPace {

  static final Duration PAUSE = Duration.ofSeconds(1);

  private final LongSupplier nanoTime;

  /** By UID, the oldest first; none is older than the pause by much. */
  private final Map<String, Long> written = new LinkedHashMap<>();

  /**
   * @param nanoTime as {@link System#nanoTime}: clocks may be set
   */
  StatusPace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** How long news of this application has to wait; empty when it may be written. */
  synchronized Optional<Duration> rest(String uid) {
    return Optional.ofNullable(written.get(uid))
        .map(last -> PAUSE.minusNanos(nanoTime.getAsLong() - last))
        .filter(left -> !left.isNegative() && !left.isZero());
  }

  /** A status of this application was written. */
  synchronized void written(String uid) {
    long now = nanoTime.getAsLong();
    Iterator<Long> oldestFirst = written.values().iterator();
    while (oldestFirst.hasNext() && now - oldestFirst.next() >= PAUSE.toNanos()) {
      oldestFirst.remove();
    }
    written.remove(uid);
    written.put(uid, now);
  }
}
