package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the operator's answers. A watch that ends is resumed where it ended; one that breaks, for
 * whatever reason, is followed by a get and a new watch, at growing intervals while the API server
 * is away. The application goes on meanwhile, so nothing here may end for good before {@link
 * #close}.
 */
final class RequestWatcher implements AutoCloseable {

  /** Where the object is. */
  interface Source {
    /** Empty when it is not there. */
    Optional<JsonNode> get() throws IOException, InterruptedException;

    /**
     * One JSON event a line; ends by itself after {@code atMost}.
     *
     * @param resourceVersion empty when nothing was read before: it then begins with what is there
     */
    InputStream watch(Optional<String> resourceVersion, Duration atMost)
        throws IOException, InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(RequestWatcher.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Short, because a connection that died without a word is noticed only when this is over. */
  private static final Duration WATCH = Duration.ofMinutes(1);

  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final long FIRST_RETRY_MILLIS = 200;
  private static final long LONGEST_RETRY_MILLIS = 10_000;

  private final Source source;
  private final Consumer<JsonNode> listener;
  private final Runnable gone;
  private final ScheduledExecutorService threads;
  private long retryMillis = FIRST_RETRY_MILLIS;
  private boolean known;

  /** Up to where everything was heard; null when that is not known. */
  private String version;

  private volatile InputStream open;
  private volatile boolean closed;

  /**
   * @param listener gets the whole object at first and whenever it has changed, on one thread at a
   *     time; it may get an older one after a newer one
   * @param gone hears that the object was there and is not any more
   */
  RequestWatcher(Source source, Consumer<JsonNode> listener, Runnable gone) {
    this(
        source,
        listener,
        gone,
        Executors.newScheduledThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "executor-request-watcher");
              thread.setDaemon(true);
              return thread;
            }));
  }

  RequestWatcher(
      Source source, Consumer<JsonNode> listener, Runnable gone, ScheduledExecutorService threads) {
    this.source = source;
    this.listener = listener;
    this.gone = gone;
    this.threads = threads;
  }

  void start() {
    again(0);
  }

  /** The object came along with the answer to a write: as good as an event of the watch. */
  void offer(JsonNode request) {
    if (!closed) {
      threads.schedule(() -> tell(request), 0, TimeUnit.MILLISECONDS);
    }
  }

  private void follow() {
    try {
      if (version == null) {
        look();
      }
      retryMillis = watch() ? FIRST_RETRY_MILLIS : longer(retryMillis);
      again(retryMillis);
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        LOG.info(
            "The operator's answers can not be read ({}); the driver tries again in {} ms.",
            e.toString(),
            retryMillis);
      }
      version = null;
      again(retryMillis);
      retryMillis = longer(retryMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Before it was ever there it is waited for; one that was there and is not is gone. */
  private void look() throws IOException, InterruptedException {
    Optional<JsonNode> request = source.get();
    if (request.isPresent()) {
      tell(request.get());
      version = resourceVersion(request.get());
    } else if (known) {
      known = false;
      gone.run();
    }
  }

  /** Whether the watch was worth its while: something was heard, or it lasted. */
  private boolean watch() throws IOException, InterruptedException {
    long lasts = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_RETRY_MILLIS);
    boolean heard = false;
    boolean valid = true;
    try (InputStream stream = source.watch(Optional.ofNullable(version), WATCH);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      open = stream;
      ScheduledFuture<?> cutOff =
          threads.schedule(this::cut, WATCH.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
      try {
        String line = lines.readLine();
        while (line != null && valid && !closed) {
          valid = hear(JSON.readTree(line));
          heard = true;
          line = valid ? lines.readLine() : null;
        }
      } finally {
        cutOff.cancel(false);
        open = null;
      }
    }
    return heard || System.nanoTime() - lasts > 0;
  }

  /** An error event (410 Gone above all) calls for a new get, and so does all that is not known. */
  private boolean hear(JsonNode event) {
    JsonNode object = event.path("object");
    switch (event.path("type").asText()) {
      case "ADDED", "MODIFIED" -> {
        tell(object);
        version = resourceVersion(object);
      }
      case "BOOKMARK" -> version = resourceVersion(object);
      default -> version = null;
    }
    return version != null;
  }

  private synchronized void tell(JsonNode request) {
    known = true;
    try {
      listener.accept(request);
    } catch (RuntimeException e) {
      // One answer that Spark could not take in must not keep the next ones from it.
      LOG.warn("Spark did not take the operator's answer.", e);
    }
  }

  private void cut() {
    InputStream stream = open;
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException e) {
        LOG.debug("The watch could not be closed: {}", e.toString());
      }
    }
  }

  private void again(long millis) {
    if (!closed) {
      threads.schedule(this::follow, millis, TimeUnit.MILLISECONDS);
    }
  }

  private static long longer(long millis) {
    return Math.min(LONGEST_RETRY_MILLIS, 2 * millis);
  }

  private static String resourceVersion(JsonNode request) {
    return request.path("metadata").path("resourceVersion").asText(null);
  }

  @Override
  public void close() {
    closed = true;
    cut();
    threads.shutdownNow();
  }
}
