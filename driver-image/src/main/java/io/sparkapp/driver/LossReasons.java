package io.sparkapp.driver;

import io.sparkapp.driver.RequestStatus.Ended;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.spark.scheduler.ExecutorLossReason;

/**
 * Brings lost connections and reported ends together, whichever comes first, and tells Spark of
 * each executor's loss once. Spark neither runs nor fails the tasks of a disconnected executor
 * until then, so nobody may wait for ever.
 */
final class LossReasons implements AutoCloseable {

  private final BiConsumer<String, ExecutorLossReason> remove;
  private final Consumer<String> abandon;
  private final Duration patience;
  private final ScheduledExecutorService timer;
  private final Map<String, ScheduledFuture<?>> waiting = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  /**
   * @param remove tells Spark
   * @param abandon an executor that Spark has given up, and that may yet run somewhere
   * @param patience how long an end may stay unexplained
   */
  LossReasons(
      BiConsumer<String, ExecutorLossReason> remove, Consumer<String> abandon, Duration patience) {
    this(
        remove,
        abandon,
        patience,
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "loss-reasons");
              thread.setDaemon(true);
              return thread;
            }));
  }

  LossReasons(
      BiConsumer<String, ExecutorLossReason> remove,
      Consumer<String> abandon,
      Duration patience,
      ScheduledExecutorService timer) {
    this.remove = remove;
    this.abandon = abandon;
    this.patience = patience;
    this.timer = timer;
  }

  /**
   * The connection to an executor was lost.
   *
   * @return whether the operator has to be asked why
   */
  synchronized boolean ask(String executor) {
    if (timer.isShutdown() || told.contains(executor) || waiting.containsKey(executor)) {
      return false;
    }
    waiting.put(
        executor,
        timer.schedule(() -> giveUp(executor), patience.toMillis(), TimeUnit.MILLISECONDS));
    return true;
  }

  /** The operator told of an end. */
  void learn(Ended end) {
    tell(end.id(), LossReason.of(end));
  }

  private void giveUp(String executor) {
    if (tell(executor, LossReason.unknown(executor, patience.toSeconds()))) {
      abandon.accept(executor);
    }
  }

  private boolean tell(String executor, ExecutorLossReason reason) {
    boolean first = settle(executor);
    if (first) {
      remove.accept(executor, reason);
    }
    return first;
  }

  /**
   * Spark knows of this executor's end from us or from itself; later reports say nothing new (a
   * decommissioned executor is reported twice).
   *
   * @return whether it did not know before
   */
  synchronized boolean settle(String executor) {
    ScheduledFuture<?> timeout = waiting.remove(executor);
    if (timeout != null) {
      timeout.cancel(false);
    }
    return told.add(executor);
  }

  /** Whether Spark was told that this executor is no more. */
  synchronized boolean isSettled(String executor) {
    return told.contains(executor);
  }

  @Override
  public synchronized void close() {
    timer.shutdownNow();
  }
}
