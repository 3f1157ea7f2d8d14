package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the sheet to the ExecutorRequest from a thread of its own: Spark holds a lock while it
 * asks for executors, so nothing here may make it wait. Whatever was changed since the last write
 * goes out as one patch; what failed goes out again, later and later, for as long as it takes.
 */
final class RequestWriter implements AutoCloseable {

  /** Sends a merge patch. */
  @FunctionalInterface
  interface Patcher {
    void patch(JsonNode mergePatch) throws IOException, InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(RequestWriter.class);
  private static final long FIRST_RETRY_MILLIS = 200;
  private static final long LONGEST_RETRY_MILLIS = 10_000;

  private final RequestSheet sheet;
  private final Patcher patcher;
  private final ScheduledExecutorService thread;
  private ScheduledFuture<?> next;
  private long nextAt;
  private final long made = System.nanoTime();
  private long notBefore = made;
  private long retryAt = notBefore;
  private long retryMillis = FIRST_RETRY_MILLIS;
  private volatile JsonNode written;
  private boolean held;
  private boolean closed;

  RequestWriter(RequestSheet sheet, Patcher patcher) {
    this(
        sheet,
        patcher,
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "executor-request-writer");
              thread.setDaemon(true);
              return thread;
            }));
  }

  RequestWriter(RequestSheet sheet, Patcher patcher, ScheduledExecutorService thread) {
    this.sheet = sheet;
    this.patcher = patcher;
    this.thread = thread;
  }

  /** Until {@link #release} it is not known whether there is something to write to. */
  synchronized void hold() {
    held = true;
  }

  /**
   * There is something to write to, though it could not be read yet: what was held back goes out.
   */
  synchronized void release() {
    release(MissingNode.getInstance());
  }

  /**
   * There is something to write to: what was held back goes out, unless it is there already.
   *
   * @param spec what the request says
   */
  synchronized void release(JsonNode spec) {
    if (held) {
      held = false;
      JsonNode patch = sheet.patch();
      if (MergePatch.changesNothing(patch.path("spec"), spec)) {
        written = patch;
      } else {
        soon();
      }
    }
  }

  /** What changed matters to somebody who waits; only a pause after a failure is kept. */
  synchronized void soon() {
    schedule(later(System.nanoTime(), retryAt));
  }

  /** What changed is news, which has a {@link NewsPace}. */
  synchronized void lazily() {
    schedule(later(later(System.nanoTime(), notBefore), retryAt));
  }

  /** {@code System.nanoTime()} may be negative and wrap around. */
  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }

  private synchronized void schedule(long at) {
    if (closed || held || next != null && !next.isDone() && nextAt - at <= 0) {
      return;
    }
    if (next != null) {
      next.cancel(false);
    }
    nextAt = at;
    next = thread.schedule(this::write, Math.max(0, at - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  private void write() {
    synchronized (this) {
      next = null;
    }
    JsonNode patch = sheet.patch();
    if (patch.equals(written)) {
      return;
    }
    synchronized (this) {
      long now = System.nanoTime();
      notBefore = now + NewsPace.pause(Duration.ofNanos(now - made)).toNanos();
    }
    try {
      patcher.patch(SettledProgress.leftOut(patch, written));
      written = patch;
      if (retryMillis > FIRST_RETRY_MILLIS) {
        LOG.info("The operator can be asked for executors again.");
      }
      retryMillis = FIRST_RETRY_MILLIS;
    } catch (IOException | RuntimeException e) {
      // Whatever it is, the application goes on, and somebody may repair it meanwhile.
      retry(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void retry(Exception failure) {
    LOG.warn(
        "The operator could not be asked for executors ({}); the driver tries again in {} ms.",
        failure.toString(),
        retryMillis);
    retryAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(retryMillis);
    retryMillis = Math.min(LONGEST_RETRY_MILLIS, 2 * retryMillis);
    schedule(retryAt);
  }

  /** Writes what is unwritten now, but waits no longer than this for it. */
  void flush(Duration atMost) {
    await(now(false), atMost);
  }

  /** Writes what is still unwritten, but waits no longer than this for it, and stops. */
  void finish(Duration atMost) {
    await(now(true), atMost);
    thread.shutdownNow();
  }

  private synchronized Optional<Future<?>> now(boolean andNeverAgain) {
    if (closed || held) {
      closed |= andNeverAgain;
      return Optional.empty();
    }
    closed = andNeverAgain;
    if (next != null) {
      next.cancel(false);
      next = null;
    }
    return Optional.of(thread.submit(this::write));
  }

  private static void await(Optional<Future<?>> write, Duration atMost) {
    if (write.isEmpty()) {
      return;
    }
    try {
      write.get().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.info("The API server did not take the driver's last state in time: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    finish(Duration.ZERO.plusMillis(1));
  }
}
