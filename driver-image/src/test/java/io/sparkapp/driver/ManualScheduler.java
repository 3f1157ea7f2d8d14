package io.sparkapp.driver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler whose tasks run when the test says so, in order of their delays. */
final class ManualScheduler extends ScheduledThreadPoolExecutor {

  private final List<Task> waiting = new ArrayList<>();

  ManualScheduler() {
    super(1);
  }

  /** Delays of the tasks that wait, in milliseconds. */
  List<Long> delays() {
    return waiting.stream().filter(task -> !task.isCancelled()).map(task -> task.millis).toList();
  }

  /** Runs the task with the shortest delay. */
  void runNext() {
    waiting.removeIf(FutureTask::isCancelled);
    Task next =
        waiting.stream()
            .min(Comparator.comparingLong(task -> task.millis))
            .orElseThrow(() -> new AssertionError("nothing is scheduled"));
    waiting.remove(next);
    next.run();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    if (isShutdown()) {
      throw new RejectedExecutionException();
    }
    Task task = new Task(command, unit.toMillis(delay));
    waiting.add(task);
    return task;
  }

  @Override
  public <T> java.util.concurrent.Future<T> submit(Callable<T> task) {
    throw new UnsupportedOperationException();
  }

  private static final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {

    private final long millis;

    Task(Runnable command, long millis) {
      super(command, null);
      this.millis = millis;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
    }
  }
}
