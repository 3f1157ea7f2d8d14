package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
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
  private static final Duration LAZY = Duration.ofSeconds(1);
  private static final long FIRST_RETRY_MILLIS = 200;
  private static final long LONGEST_RETRY_MILLIS = 10_000;

  private final RequestSheet sheet;
  private final Patcher patcher;
  private final ScheduledExecutorService thread;
  private ScheduledFuture<?> next;
  private long nextAt;
  private long notBefore;
  private long retryMillis = FIRST_RETRY_MILLIS;
  private JsonNode written;
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

  /** What changed matters to somebody who waits. */
  void soon() {
    schedule(System.nanoTime());
  }

  /** What changed is news, at most once a second. */
  synchronized void lazily() {
    schedule(Math.max(System.nanoTime(), notBefore));
  }

  private synchronized void schedule(long at) {
    if (closed || next != null && !next.isDone() && nextAt - at <= 0) {
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
      notBefore = System.nanoTime() + LAZY.toNanos();
    }
    JsonNode patch = sheet.patch();
    if (patch.equals(written)) {
      return;
    }
    try {
      patcher.patch(patch);
      written = patch;
      retryMillis = FIRST_RETRY_MILLIS;
    } catch (IOException e) {
      LOG.warn(
          "The operator could not be asked for executors ({}); the driver tries again in {} ms.",
          e.toString(),
          retryMillis);
      schedule(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(retryMillis));
      retryMillis = Math.min(LONGEST_RETRY_MILLIS, 2 * retryMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what is still unwritten, but waits no longer than this for it, and stops. */
  void finish(Duration atMost) {
    Future<?> last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (next != null) {
        next.cancel(false);
      }
      last = thread.submit(this::write);
    }
    try {
      last.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
      LOG.info("The driver's last progress was not written: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }

  @Override
  public void close() {
    finish(Duration.ZERO.plusMillis(1));
  }
}
