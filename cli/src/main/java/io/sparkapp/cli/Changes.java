package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a watch saw, for the thread that waits for it. */
final class Changes<T extends HasMetadata> implements ResourceEventHandler<T> {

  /** One change is often followed by others: they are drawn together. */
  private static final Duration TOGETHER = Duration.ofMillis(200);

  private final BlockingQueue<Change<T>> seen = new LinkedBlockingQueue<>();

  /**
   * One object as it is now.
   *
   * @param gone whether it was deleted
   */
  record Change<T>(T object, boolean gone) {}

  @Override
  public void onAdd(T object) {
    seen.add(new Change<>(object, false));
  }

  @Override
  public void onUpdate(T before, T object) {
    seen.add(new Change<>(object, false));
  }

  @Override
  public void onDelete(T object, boolean finalStateUnknown) {
    seen.add(new Change<>(object, true));
  }

  /** Those that came, after waiting for the first; empty when none did in this time. */
  List<Change<T>> next(Duration atMost) throws InterruptedException {
    List<Change<T>> changes = new ArrayList<>();
    Change<T> first = seen.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    long until = System.nanoTime() + TOGETHER.toNanos();
    for (Change<T> change = first;
        change != null;
        change = seen.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS)) {
      changes.add(change);
    }
    return changes;
  }
}
