package io.sparkapp.driver;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When what was used is measured, and when it is told: nobody needs it before the end, but a driver
 * that is killed tells nothing any more.
 */
final class UsageNews {

  private static final long LOOK_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long TELL_NANOS = Duration.ofMinutes(5).toNanos();

  private final DriverMemory memory;
  private final UsageMeter meter;
  private final Runnable look;
  private final Clock clock;
  private final long started;
  private MemoryPeak driver = MemoryPeak.NONE;
  private long lookedAt;
  private long toldAt;
  private Used told;

  /**
   * @param look has the meter look at the executors
   * @param started when the driver did, of the clock that {@link #at} is asked by
   */
  UsageNews(DriverMemory memory, UsageMeter meter, Runnable look, Clock clock, long started) {
    this.memory = memory;
    this.meter = meter;
    this.look = look;
    this.clock = clock;
    this.started = started;
    this.lookedAt = started;
    this.toldAt = started;
  }

  /**
   * @param nanoTime of a clock that may begin anywhere
   * @param last whether it is told now or never
   * @return what was told before, when it is not time yet; null when nothing was
   */
  Used at(long nanoTime, boolean last) {
    driver = driver.and(memory.ofJvm());
    if (last || nanoTime - lookedAt >= LOOK_NANOS) {
      lookedAt = nanoTime;
      driver = driver.and(memory.beside());
      look.run();
    }
    if (last || nanoTime - toldAt >= TELL_NANOS) {
      toldAt = nanoTime;
      told =
          new Used(
              Used.OfRole.ofDriver(TimeUnit.NANOSECONDS.toSeconds(nanoTime - started), driver),
              meter.used(clock.millis()));
    }
    return told;
  }
}
