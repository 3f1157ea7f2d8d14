package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the operator's answers. A watch that breaks, for whatever reason, is followed by a get
 * and a new watch, at growing intervals while the API server is away: the application goes on
 * meanwhile.
 */
final class RequestWatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RequestWatcher.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration WATCH = Duration.ofMinutes(4);

  /**
   * A connection that died without a word is cut off this long after its watch ought to be over.
   */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final long FIRST_RETRY_MILLIS = 200;
  private static final long LONGEST_RETRY_MILLIS = 10_000;

  private final ExecutorRequestClient client;
  private final Consumer<JsonNode> listener;
  private final ScheduledExecutorService threads;
  private long retryMillis = FIRST_RETRY_MILLIS;
  private volatile InputStream open;
  private volatile boolean closed;

  /**
   * @param listener gets the whole object at first and whenever it has changed
   */
  RequestWatcher(ExecutorRequestClient client, Consumer<JsonNode> listener) {
    this.client = client;
    this.listener = listener;
    this.threads =
        Executors.newScheduledThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "executor-request-watcher");
              thread.setDaemon(true);
              return thread;
            });
  }

  void start() {
    threads.execute(this::follow);
  }

  private void follow() {
    try {
      JsonNode request = client.get();
      listener.accept(request);
      retryMillis = FIRST_RETRY_MILLIS;
      watch(resourceVersion(request));
      again(0);
    } catch (IOException e) {
      if (!closed) {
        LOG.info(
            "The operator's answers can not be read ({}); the driver tries again in {} ms.",
            e.toString(),
            retryMillis);
      }
      again(retryMillis);
      retryMillis = Math.min(LONGEST_RETRY_MILLIS, 2 * retryMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(String resourceVersion) throws IOException, InterruptedException {
    try (InputStream stream = client.watch(resourceVersion, WATCH);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      open = stream;
      ScheduledFuture<?> cutOff =
          threads.schedule(this::cut, WATCH.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
      try {
        String line = lines.readLine();
        while (line != null && !closed && hear(JSON.readTree(line))) {
          line = lines.readLine();
        }
      } finally {
        cutOff.cancel(false);
        open = null;
      }
    }
  }

  /** Whether the watch is still good; an error event (410 Gone above all) calls for a new get. */
  private boolean hear(JsonNode event) {
    return switch (event.path("type").asText()) {
      case "ADDED", "MODIFIED" -> {
        listener.accept(event.path("object"));
        yield true;
      }
      case "BOOKMARK" -> true;
      default -> false;
    };
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

  private static String resourceVersion(JsonNode request) {
    return request.path("metadata").path("resourceVersion").asText();
  }

  @Override
  public void close() {
    closed = true;
    cut();
    threads.shutdownNow();
  }
}
