package io.sparkapp.bench.apiserver;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * How many pods with a label have been born and have gone in a namespace, and when the last did.
 */
final class Births implements AutoCloseable {

  private static final Duration MOST = Duration.ofMinutes(6);

  private final AtomicInteger born = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();
  private volatile long last = System.nanoTime();
  private final Watch watch;

  Births(KubernetesClient admin, String namespace, String label, String value) {
    watch =
        admin
            .pods()
            .inNamespace(namespace)
            .withLabel(label, value)
            .watch(
                new Watcher<Pod>() {
                  @Override
                  public void eventReceived(Action action, Pod pod) {
                    if (action == Action.ADDED) {
                      last = System.nanoTime();
                      born.incrementAndGet();
                    } else if (action == Action.DELETED) {
                      last = System.nanoTime();
                      gone.incrementAndGet();
                    }
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    throw new IllegalStateException("The watch of pods ended", cause);
                  }
                });
  }

  int born() {
    return born.get();
  }

  /** Waits for so many births; seconds from a point of {@link System#nanoTime} to the last. */
  double awaitBorn(int count, long since) {
    await(born, count);
    return seconds(since);
  }

  /** Waits for so many deaths. */
  double awaitGone(int count, long since) {
    await(gone, count);
    return seconds(since);
  }

  private static void await(AtomicInteger counter, int count) {
    Awaitility.await()
        .atMost(MOST)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> counter.get() >= count);
  }

  private double seconds(long since) {
    return (last - since) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  @Override
  public void close() {
    watch.close();
  }
}
