package io.sparkapp.local.controllers;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work by key on a few threads: one key is worked on by one thread at a time, a key that is added
 * several times before it is worked on is worked on once, and one whose work fails comes again,
 * later and later.
 *
 * @param <K> what is worked on
 */
final class KeyedQueue<K> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyedQueue.class);
  private static final long FIRST_RETRY_MILLIS = 100;
  private static final long LAST_RETRY_MILLIS = 10_000;

  /** The work. */
  @FunctionalInterface
  interface Work<K> {
    /**
     * @return when to look at the key again even if nothing happens
     */
    Optional<Duration> on(K key);
  }

  private static final class Entry {
    private boolean queued;
    private boolean running;
    private int failures;
  }

  private final String name;
  private final Work<K> work;
  private final ScheduledThreadPoolExecutor threads;
  private final Map<K, Entry> entries = new HashMap<>();

  KeyedQueue(String name, int size, Work<K> work) {
    this.name = name;
    this.work = work;
    this.threads = new ScheduledThreadPoolExecutor(size, daemons(name));
    threads.setRemoveOnCancelPolicy(true);
    // After close() an informer may still bring an event; nothing is to be done about it.
    threads.setRejectedExecutionHandler(new ScheduledThreadPoolExecutor.DiscardPolicy());
  }

  /** The key wants work now. */
  void add(K key) {
    add(key, Duration.ZERO);
  }

  /** The key wants work after a while. */
  void add(K key, Duration delay) {
    if (!delay.isZero()) {
      threads.schedule(() -> add(key), delay.toMillis(), TimeUnit.MILLISECONDS);
      return;
    }
    synchronized (this) {
      Entry entry = entries.computeIfAbsent(key, absent -> new Entry());
      if (!entry.queued && !entry.running) {
        threads.execute(() -> run(key));
      }
      entry.queued = true;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void run(K key) {
    begin(key);
    Optional<Duration> again;
    boolean failed = false;
    try {
      again = work.on(key);
    } catch (RuntimeException e) {
      LOG.debug("{} works on {} again later.", name, key, e);
      again = Optional.empty();
      failed = true;
    }
    Optional<Duration> retry = end(key, failed);
    again.or(() -> retry).ifPresent(delay -> add(key, delay));
  }

  private synchronized void begin(K key) {
    Entry entry = entries.get(key);
    entry.queued = false;
    entry.running = true;
  }

  /**
   * @return the delay before the next try after a failure
   */
  private synchronized Optional<Duration> end(K key, boolean failed) {
    Entry entry = entries.get(key);
    entry.running = false;
    entry.failures = failed ? entry.failures + 1 : 0;
    if (entry.queued) {
      threads.execute(() -> run(key));
    } else if (!failed) {
      entries.remove(key);
    }
    return failed ? Optional.of(retryDelay(entry.failures)) : Optional.empty();
  }

  private static Duration retryDelay(int failures) {
    long millis = FIRST_RETRY_MILLIS << Math.min(failures - 1, 10);
    return Duration.ofMillis(Math.min(millis, LAST_RETRY_MILLIS));
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
