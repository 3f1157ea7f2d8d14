package io.sparkapp.driver;

import io.sparkapp.driver.RequestStatus.Bounds;
import io.sparkapp.driver.RequestStatus.Reclaim;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the application as large as its user and its queue allow it to be, on a thread of its own:
 * executors that it must not have any more go, those that come in too late as well. Both say how
 * many may stay, so it is no matter how often they are heard: who is on its way out is not counted.
 */
final class Resizing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Resizing.class);

  /** The executors that there are. */
  interface Pool {

    /** Asks for as many as the bounds allow now. */
    void askWithin(ExecutorBounds bounds);

    /** How many there are of each ResourceProfile but those on their way out. */
    Map<Integer, Integer> numbers();

    /** A closer look at each of them. */
    Collection<LiveExecutor> live();

    /** Decommissions them, or ends them where Spark may not do that. */
    void giveBack(List<String> executors, String why);
  }

  private final ExecutorBounds bounds;
  private final Pool pool;

  /** By ResourceProfile; as many as it likes of those that are not named. */
  private volatile Map<Integer, Integer> queueLeaves = Map.of();

  private final ExecutorService thread;

  Resizing(ExecutorBounds bounds, Pool pool) {
    this(
        bounds,
        pool,
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "executor-bounds");
              made.setDaemon(true);
              return made;
            }));
  }

  Resizing(ExecutorBounds bounds, Pool pool, ExecutorService thread) {
    this.bounds = bounds;
    this.pool = pool;
    this.thread = thread;
  }

  /** The operator told how many executors there may be. */
  void told(Bounds told) {
    if (bounds.change(told)) {
      LOG.info("The application may have {} to {} executors now.", told.min(), told.max());
      soon(this::resize);
    }
  }

  /**
   * The operator told of which ResourceProfiles the queue takes executors back, and of which it
   * does so no more: nobody that is on its way out is called back then.
   */
  void reclaim(List<Reclaim> told) {
    Map<Integer, Integer> leaves =
        told.stream().collect(Collectors.toMap(Reclaim::profile, Reclaim::total, Math::min));
    if (!leaves.equals(queueLeaves)) {
      if (leaves.isEmpty()) {
        LOG.info("The queue takes no executors back any more.");
      } else {
        LOG.info(
            "The queue takes executors back; so many may stay by ResourceProfile: {}.", leaves);
      }
      queueLeaves = leaves;
    }
    // Again and again, lest one that came in meanwhile be overlooked.
    if (!leaves.isEmpty()) {
      soon(this::shrink);
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
    if (bounds.everChanged() || !queueLeaves.isEmpty()) {
      soon(this::shrink);
    }
  }

  private void shrink() {
    giveBackBeyond(bounds::mayStay, "the application is to have fewer executors");
    Map<Integer, Integer> leaves = queueLeaves;
    giveBackBeyond(
        profile -> leaves.getOrDefault(profile, Integer.MAX_VALUE), "the queue takes them back");
  }

  private void giveBackBeyond(IntUnaryOperator mayStay, String why) {
    if (Surplus.isThere(pool.numbers(), mayStay)) {
      List<String> surplus = Surplus.of(pool.live(), mayStay);
      // Some may have gone between the two looks.
      if (!surplus.isEmpty()) {
        pool.giveBack(surplus, why);
      }
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
