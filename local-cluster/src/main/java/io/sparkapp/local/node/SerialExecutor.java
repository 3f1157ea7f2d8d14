package io.sparkapp.local.node;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other, in order, on the threads of a shared pool. */
final class SerialExecutor implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

  private final Executor pool;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean active;

  SerialExecutor(Executor pool) {
    this.pool = pool;
  }

  @Override
  public synchronized void execute(Runnable task) {
    tasks.add(task);
    if (!active) {
      active = true;
      pool.execute(this::runOne);
    }
  }

  private void runOne() {
    Runnable task = next();
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("A task of a pod failed.", e);
    } finally {
      goOn();
    }
  }

  private synchronized Runnable next() {
    return tasks.remove();
  }

  private synchronized void goOn() {
    active = !tasks.isEmpty();
    if (active) {
      pool.execute(this::runOne);
    }
  }
}
