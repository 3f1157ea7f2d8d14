package io.sparkapp.operator.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells browsers that something has changed, by server-sent events; what it is they ask for
 * themselves. The caches are looked at twice a second, as long as somebody listens. A stream ends
 * after a minute: the browser comes back by itself, and its rights are looked at again.
 */
final class LiveStreams implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);

  static final int MOST = 500;

  private static final long TICK_MILLIS = 500;
  private static final int LAST_TICK = 120;
  private static final int SIGN_OF_LIFE = 20;

  private final List<Stream> streams = new ArrayList<>();
  private final ScheduledThreadPoolExecutor timer;
  private ScheduledFuture<?> ticking;

  LiveStreams() {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "page-changes");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  /** One listener. */
  private static final class Stream {
    private final Answer.Watched watched;
    private final OutputStream out;
    private long told;
    private int ticks;

    Stream(Answer.Watched watched, OutputStream out) {
      this.watched = watched;
      this.out = out;
    }

    void begin() throws IOException {
      told = watched.revision();
      send("retry: 500\n\n" + event(told));
    }

    /** Whether it goes on. */
    boolean tick() {
      try {
        ticks++;
        long now = watched.revision();
        if (now != told) {
          told = now;
          send(event(now));
        } else if (ticks % SIGN_OF_LIFE == 0) {
          send(":\n\n");
        }
        return ticks < LAST_TICK;
      } catch (IOException e) {
        // Whoever listened has gone.
        return false;
      } catch (RuntimeException e) {
        LOG.error("A browser is told of changes no more until it asks again", e);
        return false;
      }
    }

    private void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    private static String event(long revision) {
      return "event: changed\ndata: " + Long.toHexString(revision) + "\n\n";
    }

    void close() {
      try {
        out.close();
      } catch (IOException e) {
        // It is closed now, one way or the other.
        return;
      }
    }
  }

  /**
   * Goes on telling, from a thread of its own.
   *
   * @throws IOException when nobody listens any more
   */
  void add(Answer.Watched watched, OutputStream out) throws IOException {
    Stream stream = new Stream(watched, out);
    stream.begin();
    synchronized (streams) {
      streams.add(stream);
      if (ticking == null) {
        ticking =
            timer.scheduleWithFixedDelay(
                this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  /** Whether there are as many as there may be. */
  boolean full() {
    synchronized (streams) {
      return streams.size() >= MOST;
    }
  }

  private void tick() {
    List<Stream> all;
    synchronized (streams) {
      all = List.copyOf(streams);
    }
    List<Stream> over = all.stream().filter(stream -> !stream.tick()).toList();
    over.forEach(Stream::close);
    synchronized (streams) {
      streams.removeAll(over);
      if (streams.isEmpty() && ticking != null) {
        ticking.cancel(false);
        ticking = null;
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    synchronized (streams) {
      streams.forEach(Stream::close);
      streams.clear();
    }
  }
}
