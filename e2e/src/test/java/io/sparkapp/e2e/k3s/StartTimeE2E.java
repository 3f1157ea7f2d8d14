package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** How long a small application takes, and how big its images are; printed, to be compared. */
@OnK3s
@Isolated("it measures")
class StartTimeE2E {

  private static final int RUNS = 5;
  private static final double MIB = 1 << 20;

  /**
   * Times since the application was applied.
   *
   * @param firstTask until its status told of a task; the driver reports once a second
   * @param end until its status told of its end
   */
  private record Times(Duration firstTask, Duration end) {}

  @BeforeEach
  void install(Cluster cluster) {
    cluster.chart().ensureInstalled();
  }

  @Test
  void piWithWarmImagesIsTimedFromApplyToFirstTaskAndToEnd(Applications applications)
      throws Exception {
    run(applications, "warm-up");

    List<Times> runs = new ArrayList<>();
    for (int i = 1; i <= RUNS; i++) {
      runs.add(run(applications, "pi-" + i));
    }

    runs.sort(Comparator.comparing(Times::end));
    Times median = runs.get(RUNS / 2);
    runs.forEach(
        times -> System.out.printf(Locale.ROOT, "apply to first task, to end: %s%n", text(times)));
    System.out.printf(Locale.ROOT, "median of %d: %s%n", RUNS, text(median));
    assertThat(median.firstTask()).isPositive().isLessThanOrEqualTo(median.end());
  }

  @Test
  void imagesAreMeasured() {
    for (String name : ProductImages.NAMES) {
      ImageArchive image = new ImageArchive(ProductImages.archive(name));
      long packed = image.size();
      long unpacked = image.unpackedSize();
      System.out.printf(
          Locale.ROOT,
          "%s image: %.0f MiB, unpacked %.0f MiB%n",
          name,
          packed / MIB,
          unpacked / MIB);
      assertThat(unpacked).isGreaterThan(packed);
    }
  }

  private static Times run(Applications applications, String name) throws Exception {
    CompletableFuture<Duration> firstTask = new CompletableFuture<>();
    CompletableFuture<Duration> end = new CompletableFuture<>();
    Manifest pi = Manifest.running(name, "Pi", 2, "4");
    long applied = System.nanoTime();
    Application app = applications.apply(pi);
    Watch watch =
        applications
            .client()
            .resources(SparkApp.class)
            .inNamespace(applications.namespace())
            .withName(name)
            .watch(
                new Watcher<SparkApp>() {
                  @Override
                  public void eventReceived(Action action, SparkApp seen) {
                    SparkAppStatus status = seen.getStatus();
                    Duration since = Duration.ofNanos(System.nanoTime() - applied);
                    if (status != null && hasTasks(status)) {
                      firstTask.complete(since);
                    }
                    if (status != null && Application.isTerminal(status)) {
                      end.complete(since);
                    }
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    firstTask.completeExceptionally(cause);
                    end.completeExceptionally(cause);
                  }
                });
    try {
      app.awaitSuccess();
      return new Times(firstTask.get(1, TimeUnit.MINUTES), end.get(1, TimeUnit.MINUTES));
    } finally {
      watch.close();
    }
  }

  private static boolean hasTasks(SparkAppStatus status) {
    return Optional.ofNullable(status.progress())
        .map(Progress::tasks)
        .filter(
            tasks ->
                tasks.active() != null && tasks.active() > 0
                    || tasks.done() != null && tasks.done() > 0)
        .isPresent();
  }

  private static String text(Times times) {
    return String.format(
        Locale.ROOT,
        "apply to first task: %.1f s, apply to end: %.1f s",
        times.firstTask().toMillis() / 1e3,
        times.end().toMillis() / 1e3);
  }
}
