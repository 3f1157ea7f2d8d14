package io.sparkapp.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The names of all pods that are created in a namespace, each as often as it was created. */
final class PodBirths implements AutoCloseable {

  private final Queue<String> names = new ConcurrentLinkedQueue<>();
  private final Queue<WatcherException> broken = new ConcurrentLinkedQueue<>();
  private final Watch watch;

  PodBirths(JobNamespace jobs) {
    watch =
        jobs.admin()
            .pods()
            .inNamespace(jobs.namespace())
            .watch(
                new Watcher<Pod>() {
                  @Override
                  public void eventReceived(Action action, Pod pod) {
                    if (action == Action.ADDED) {
                      names.add(pod.getMetadata().getName());
                    }
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    broken.add(cause);
                  }
                });
  }

  List<String> names() {
    if (!broken.isEmpty()) {
      throw new IllegalStateException("The watch of pods ended", broken.peek());
    }
    return List.copyOf(names);
  }

  @Override
  public void close() {
    watch.close();
  }
}
