package io.sparkapp.driver;

import io.sparkapp.driver.RequestStatus.Bounds;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the application as large as its user allows it to be, on a thread of its own: executors
 * that it must not have any more go, those that come in too late as well.
 */
final class Resizing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Resizing.class);

  /** The executors that there are. */
  interface Pool {

    /** Asks for as many as the bounds allow now. */
    void askWithin(ExecutorBounds bounds);

    Collection<LiveExecutor> live();

    /** Decommissions them, or ends them where Spark may not do that. */
    void giveBack(List<String> executors, String why);
  }

  private final ExecutorBounds bounds;
  private final Pool pool;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "executor-bounds");
            made.setDaemon(true);
            return made;
          });

  Resizing(ExecutorBounds bounds, Pool pool) {
    this.bounds = bounds;
    this.pool = pool;
  }

  /** The operator told how many executors there may be. */
  void told(Bounds told) {
    if (bounds.change(told)) {
      LOG.info("The application may have {} to {} executors now.", told.min(), told.max());
      soon(this::resize);
    }
  }

  /** Spark has made all of its own; what it was told before that may not have reached it. */
  void applicationStarted() {
    if (bounds.everChanged()) {
      soon(this::resize);
    }
  }

  private void resize() {
    pool.askWithin(bounds);
    shrink();
  }

  /** An executor has registered; there may be enough of them by now. */
  void registered() {
    if (bounds.everChanged()) {
      soon(this::shrink);
    }
  }

  private void shrink() {
    List<String> surplus = bounds.surplus(pool.live());
    if (!surplus.isEmpty()) {
      pool.giveBack(surplus, "the application is to have fewer executors");
    }
  }

  private void soon(Runnable task) {
    try {
      thread.execute(
          () -> {
            try {
              task.run();
            } catch (RuntimeException e) {
              LOG.warn("The number of executors could not be changed.", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("The application has stopped: {}", e.toString());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
