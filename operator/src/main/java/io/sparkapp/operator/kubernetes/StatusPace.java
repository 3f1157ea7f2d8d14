package io.sparkapp.operator.kubernetes;

import io.sparkapp.operator.applicationmaster.Plan.Urgency;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Has what comes in quick succession, such as executors of one application that start, told in one
 * write: what is no more than news waits until the last status of its application is a second old,
 * or two if only its driver has come further. It is decided anew then, so that nothing of it is
 * kept.
 */
final class StatusPace {

  private static final Duration LONGEST = pause(Urgency.Low);

  private final LongSupplier nanoTime;

  /** By UID, the oldest first; none is older than the pause by much. */
  private final Map<String, Long> written = new LinkedHashMap<>();

  /**
   * @param nanoTime as {@link System#nanoTime}: clocks may be set
   */
  StatusPace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** How old the last status has to be. */
  static Duration pause(Urgency urgency) {
    return switch (urgency) {
      case AtOnce -> Duration.ZERO;
      case Medium -> Duration.ofSeconds(1);
      case Low -> Duration.ofSeconds(2);
    };
  }

  /** How long a status of this application has to wait; empty when it may be written. */
  synchronized Optional<Duration> rest(String uid, Urgency urgency) {
    return Optional.ofNullable(written.get(uid))
        .map(last -> pause(urgency).minusNanos(nanoTime.getAsLong() - last))
        .filter(left -> !left.isNegative() && !left.isZero());
  }

  /** A status of this application was written. */
  synchronized void written(String uid) {
    long now = nanoTime.getAsLong();
    Iterator<Long> oldestFirst = written.values().iterator();
    while (oldestFirst.hasNext() && now - oldestFirst.next() >= LONGEST.toNanos()) {
      oldestFirst.remove();
    }
    written.remove(uid);
    written.put(uid, now);
  }
}
