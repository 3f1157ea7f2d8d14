package io.sparkapp.executor;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Asks again and again, at short intervals and for a bounded time, until there is an answer. */
final class DriverWait {

  private static final long INTERVAL_MILLIS = 50;

  private final ScheduledExecutorService scheduler;

  DriverWait(ScheduledExecutorService scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * @return the first answer, or empty when {@code atMost} ran out
   */
  <T> Optional<T> until(Supplier<Optional<T>> question, Duration atMost)
      throws InterruptedException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    var asking =
        scheduler.scheduleWithFixedDelay(
            () -> {
              try {
                question.get().ifPresent(answer::complete);
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            },
            0,
            INTERVAL_MILLIS,
            TimeUnit.MILLISECONDS);
    try {
      return Optional.of(answer.get(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } finally {
      asking.cancel(true);
    }
  }
}
