package io.sparkapp.operator;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what was scheduled when a test says that the time has come, in the test's own thread. */
public final class ManualTimer extends ScheduledThreadPoolExecutor {

  private static final class Task extends CompletableFuture<Object>
      implements ScheduledFuture<Object> {

    private final Runnable what;
    private final Instant due;

    Task(Runnable what, Instant due) {
      this.what = what;
      this.due = due;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Delayed other) {
      throw new UnsupportedOperationException();
    }
  }

  private final Clock clock;
  private final List<Task> tasks = new CopyOnWriteArrayList<>();

  public ManualTimer(Clock clock) {
    super(0);
    this.clock = clock;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable what, long delay, TimeUnit unit) {
    Task task = new Task(what, clock.instant().plus(delay, unit.toChronoUnit()));
    tasks.add(task);
    return task;
  }

  /** Runs what is due, and what that makes due. */
  public void tick() {
    for (int round = 0; round < 100; round++) {
      tasks.removeIf(CompletableFuture::isDone);
      List<Task> due = tasks.stream().filter(task -> !task.due.isAfter(clock.instant())).toList();
      if (due.isEmpty()) {
        return;
      }
      due.forEach(task -> task.complete(null));
      due.forEach(task -> task.what.run());
    }
    throw new AssertionError("there is always something due");
  }
}
