package io.sparkapp.local;

import io.sparkapp.local.controlplane.ClusterException;
import io.sparkapp.local.controlplane.ComponentProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A child process that is started again, with back-off, whenever it ends: the operator. */
final class SupervisedProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SupervisedProcess.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final String name;
  private final Supplier<ComponentProcess> starter;
  private final LongConsumer onStart;
  private final ScheduledExecutorService restarts =
      Executors.newSingleThreadScheduledExecutor(SupervisedProcess::daemonThread);
  private RestartBackoff backoff = RestartBackoff.FRESH;
  private ComponentProcess process;
  private Instant started;
  private boolean closed;

  private SupervisedProcess(String name, Supplier<ComponentProcess> starter, LongConsumer onStart) {
    this.name = name;
    this.starter = starter;
    this.onStart = onStart;
  }

  /**
   * @param onStart gets the process number after each start, the first included
   * @throws ClusterException when it cannot be started at all
   */
  static SupervisedProcess start(
      String name, Supplier<ComponentProcess> starter, LongConsumer onStart) {
    SupervisedProcess supervised = new SupervisedProcess(name, starter, onStart);
    try {
      supervised.launch();
      return supervised;
    } catch (ClusterException e) {
      supervised.close();
      throw e;
    }
  }

  private synchronized void launch() {
    if (closed) {
      return;
    }
    started = Instant.now();
    process = starter.get();
    process.onExit().thenAccept(this::ended);
    onStart.accept(process.pid());
  }

  private synchronized void ended(int exitCode) {
    if (closed) {
      return;
    }
    backoff = backoff.afterRunOf(Duration.between(started, Instant.now()));
    Duration delay = backoff.delay();
    LOG.warn(
        "{} ended with exit code {}, started again in {} ms; it last wrote: {}",
        name,
        exitCode,
        delay.toMillis(),
        process.lastWords());
    restarts.schedule(this::relaunch, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void relaunch() {
    try {
      launch();
    } catch (ClusterException e) {
      backoff = backoff.afterRunOf(Duration.ZERO);
      LOG.error("{} cannot be started again: {}", name, e.getMessage());
      restarts.schedule(this::relaunch, backoff.delay().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static Thread daemonThread(Runnable task) {
    Thread thread = new Thread(task, "supervisor");
    thread.setDaemon(true);
    return thread;
  }

  /** Ends the process for good. */
  @Override
  public void close() {
    ComponentProcess last;
    synchronized (this) {
      closed = true;
      last = process;
    }
    restarts.shutdownNow();
    if (last != null) {
      last.stop(GRACE);
    }
  }
}
