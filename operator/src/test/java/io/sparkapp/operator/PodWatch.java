package io.sparkapp.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/** Hears of every change of a namespace's pods, or says that it does not any more. */
final class PodWatch implements AutoCloseable {

  private final Queue<WatcherException> broken = new ConcurrentLinkedQueue<>();
  private final Watch watch;

  PodWatch(JobNamespace jobs, BiConsumer<Watcher.Action, Pod> change) {
    watch =
        jobs.admin()
            .pods()
            .inNamespace(jobs.namespace())
            .watch(
                new Watcher<Pod>() {
                  @Override
                  public void eventReceived(Action action, Pod pod) {
                    change.accept(action, pod);
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    broken.add(cause);
                  }
                });
  }

  /** Fails when something may have been missed. */
  void heardAll() {
    if (!broken.isEmpty()) {
      throw new IllegalStateException("The watch of pods ended", broken.peek());
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
