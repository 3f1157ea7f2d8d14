package io.sparkapp.driver;

import java.time.Duration;

/**
 * How often news is worth a write, and the status that follows it another one. A job of seconds is
 * watched by somebody who waits for it; of those that run for hours there are thousands, and all of
 * them write to one API server.
 */
final class NewsPace {

  private static final Duration QUICKEST = Duration.ofSeconds(2);
  private static final Duration SLOWEST = Duration.ofSeconds(5);
  private static final int PART = 30;

  private NewsPace() {}

  /**
   * How long the next news waits after a write: a thirtieth of the driver's age, but no less than
   * two seconds and no more than five. So it is five too for a short job in a notebook that is open
   * for long, but for its first news, which comes when none was written for that long.
   */
  static Duration pause(Duration age) {
    Duration pause = age.dividedBy(PART);
    if (pause.compareTo(QUICKEST) < 0) {
      return QUICKEST;
    }
    return pause.compareTo(SLOWEST) > 0 ? SLOWEST : pause;
  }
}
