package io.sparkapp.operator.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Since when drivers outside were seen to be silent. That a Lease is old says little after the API
 * server was away, for then nobody could renew it, or when clocks differ. So silence counts only if
 * it was seen for a while, with the API server there: as client-go's leader election, which does
 * not believe time stamps either. What is forgotten here is seen anew, a little later.
 */
final class Silences {

  private static final Duration LONG_AGO = Duration.ofHours(1);

  /**
   * A Lease that was not renewed when it should have been.
   *
   * @param stamp its last renewal; empty when there was none
   */
  private record Silence(Optional<Instant> stamp, Instant since) {}

  private final Map<String, Silence> silences = new ConcurrentHashMap<>();

  /**
   * The API server was asked, and this is when the Lease was last renewed.
   *
   * @param grace how long silence has to be seen
   * @param lease how long the Lease lasts
   * @return the sign of life to count from: the true one, or a later one as long as the silence has
   *     not been seen for long enough
   */
  Instant lastSign(
      String uid, Optional<Instant> stamp, Duration grace, Duration lease, Instant now) {
    silences.values().removeIf(each -> each.since().plus(LONG_AGO).isBefore(now));
    if (stamp.isPresent() && stamp.get().plus(lease).minus(grace).isAfter(now)) {
      silences.remove(uid);
      return stamp.get();
    }
    Silence silence =
        silences.compute(
            uid,
            (key, before) ->
                before != null && before.stamp().equals(stamp) ? before : new Silence(stamp, now));
    // A Lease that is not there was deleted by somebody: its driver makes it anew.
    Duration known = stamp.isPresent() ? lease.minus(grace) : Duration.ZERO;
    Instant counted = silence.since().minus(known);
    return stamp.filter(counted::isBefore).orElse(counted);
  }

  /** The API server did not answer: what was seen before says nothing about the driver. */
  void forget(String uid) {
    silences.remove(uid);
  }
}
