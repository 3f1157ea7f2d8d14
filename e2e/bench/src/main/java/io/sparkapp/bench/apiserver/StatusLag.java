package io.sparkapp.bench.apiserver;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.sparkapp.crds.SparkApp;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How long after an executor's pod has changed its application's status says so: in each of many
 * applications of the crowd one executor ends, ten of them a second.
 */
final class StatusLag {

  private static final int MILLIS_BETWEEN = 100;
  private static final int MOST_SECONDS = 120;

  private final KubernetesClient admin;
  private final Map<String, Long> changed = new ConcurrentHashMap<>();
  private final Map<String, Double> lags = new ConcurrentHashMap<>();

  StatusLag(KubernetesClient admin) {
    this.admin = admin;
  }

  /** Seconds from the kubelet's word to the API server to a watch of SparkApps, sorted. */
  double[] measure(int applications) throws InterruptedException {
    CountDownLatch seen = new CountDownLatch(applications);
    ScheduledExecutorService kubelets = Executors.newScheduledThreadPool(4);
    try (Watch watch = fromNow(seen)) {
      FakeKubelet kubelet = new FakeKubelet(admin);
      for (int each = 0; each < applications; each++) {
        int number = each;
        kubelets.schedule(
            () -> {
              changed.put(Crowd.name(number), System.nanoTime());
              kubelet.ends(Crowd.namespace(number), Crowd.executor(number, 1), "executor", 1);
            },
            (long) each * MILLIS_BETWEEN,
            TimeUnit.MILLISECONDS);
      }
      if (!seen.await(MOST_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "Of %d applications only %d told in two minutes that an executor has ended; %s"
                .formatted(applications, lags.size(), watch));
      }
    } finally {
      kubelets.shutdownNow();
    }
    double[] sorted = lags.values().stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * A watch that names no version begins with all that is there, which we would be busy reading.
   */
  private Watch fromNow(CountDownLatch seen) {
    String now =
        admin
            .resources(SparkApp.class)
            .inAnyNamespace()
            .list(new ListOptionsBuilder().withLimit(1L).build())
            .getMetadata()
            .getResourceVersion();
    return admin
        .resources(SparkApp.class)
        .inAnyNamespace()
        .watch(new ListOptionsBuilder().withResourceVersion(now).build(), watcher(seen));
  }

  private Watcher<SparkApp> watcher(CountDownLatch seen) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, SparkApp app) {
        long now = System.nanoTime();
        String name = app.getMetadata().getName();
        Long since = changed.get(name);
        if (since != null
            && app.getStatus().executors().failed() > 0
            && lags.putIfAbsent(name, (now - since) / 1e9) == null) {
          seen.countDown();
        }
      }

      @Override
      public void onClose(WatcherException cause) {
        throw new IllegalStateException("The watch of SparkApps ended", cause);
      }
    };
  }
}
