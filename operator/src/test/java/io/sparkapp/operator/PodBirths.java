package io.sparkapp.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Watcher;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The names of all pods that are created in a namespace, each as often as it was created. */
final class PodBirths implements AutoCloseable {

  private static final String LAST = "last-of-births-";

  private final Queue<String> names = new ConcurrentLinkedQueue<>();
  private final PodWatch watch;
  private final JobNamespace jobs;
  private int looks;

  PodBirths(JobNamespace jobs) {
    this.jobs = jobs;
    watch =
        new PodWatch(
            jobs,
            (action, pod) -> {
              if (action == Watcher.Action.ADDED) {
                names.add(pod.getMetadata().getName());
              }
            });
  }

  /** Of all that were created until now: what a watch tells is in order, but it may be late. */
  List<String> names() {
    String last = LAST + looks++;
    jobs.createPod(last);
    await()
        .until(
            () -> {
              watch.heardAll();
              return names.contains(last);
            });
    return names.stream().filter(name -> !name.startsWith(LAST)).toList();
  }

  @Override
  public void close() {
    watch.close();
  }
}
