package io.sparkapp.local.node;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands tasks to an executor when their time has come; its own thread only keeps time. */
final class Timers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Timers.class);

  private final ScheduledThreadPoolExecutor clock;

  Timers(String name) {
    clock = new ScheduledThreadPoolExecutor(1, NamedThreads.daemons(name));
    clock.setRemoveOnCancelPolicy(true);
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs the task once, on the executor, after the delay; never after {@link #close}. */
  Future<?> after(Duration delay, Executor executor, Runnable task) {
    return clock.schedule(() -> executor.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs a short task again and again, on the timer's own thread. */
  void every(Duration period, Runnable task) {
    clock.scheduleWithFixedDelay(
        () -> logged(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void logged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("A periodic task failed; it runs again.", e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
