package io.sparkapp.local.node;

import java.time.Duration;

/**
 * The delay before the next try.
 *
 * @param next doubles with each try up to the limit
 */
record BackOff(Duration next, Duration limit) {

  BackOff doubled() {
    Duration twice = next.multipliedBy(2);
    return new BackOff(twice.compareTo(limit) > 0 ? limit : twice, limit);
  }
}
