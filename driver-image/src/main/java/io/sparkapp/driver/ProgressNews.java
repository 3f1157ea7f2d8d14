package io.sparkapp.driver;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which progress is worth a write. Ten thousand applications write theirs to one API server, and
 * what is not there needs no write: progress that is as it was is no news, and neither is that
 * nothing has happened yet. Idle executors are counted only along with other news, when the write
 * is made anyway; else once in five seconds, so that they alone never cause more than one write in
 * that time. The ResourceManager takes executors back over tens of seconds, and the driver looks
 * again at who is idle when it is told to give some up; older numbers cost no more than a worse
 * choice between applications.
 */
final class ProgressNews {

  private static final long RECOUNT_NANOS = Duration.ofSeconds(5).toNanos();

  private Progress told;
  private long countedAt;

  /**
   * @param seen its executors are those that have registered; idle ones are not counted yet
   * @param count counts the executors
   * @param nanoTime of a clock that may begin anywhere
   * @return what is to be told now
   */
  Optional<Progress> of(Progress seen, Supplier<Progress.Executors> count, long nanoTime) {
    if (told == null && seen.isBlank()) {
      return Optional.empty();
    }
    boolean asItWas =
        told != null
            && seen.withExecutors(told.executors().withRegistered(seen.executors().registered()))
                .equals(told);
    if (asItWas && nanoTime - countedAt < RECOUNT_NANOS) {
      return Optional.empty();
    }
    countedAt = nanoTime;
    Progress now = seen.withExecutors(count.get());
    if (now.equals(told)) {
      return Optional.empty();
    }
    told = now;
    return Optional.of(now);
  }
}
