package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What breaks in real clusters, and the sentence that a user reads about it. */
@OnK3s
class FaultsE2E {

  private static final Duration SOON = Duration.ofMinutes(2);

  /** A label that no node has. */
  private static final String NO_NODE = "{example.com/flavour: none}";

  @BeforeEach
  void install(Cluster cluster) {
    cluster.chart().ensureInstalled();
  }

  @Test
  void anExecutorWhoseProcessIsKilledIsReplaced(Cluster cluster, Applications applications) {
    try (PodHistory pods = PodHistory.of(applications)) {
      Application app = applications.apply(slowCount("killed"));
      app.awaitTasks();

      cluster.node().kill(Application.containerOf(app.executor(1)), "SIGKILL");

      SparkAppStatus end = app.awaitSuccess();
      assertThat(app.driverLog()).contains("count: 60");
      assertThat(end.executors().failed()).isEqualTo(1);
      assertThat(app.events())
          .contains("ExecutorLost: Executor 1 was killed by signal 9 from outside.");
      assertThat(pods.uids())
          .containsOnlyKeys(
              "killed-1-driver", "killed-1-exec-1", "killed-1-exec-2", "killed-1-exec-3");
    }
  }

  @Test
  void anExecutorWhosePodIsDeletedIsReplacedAndIsNoFailure(Applications applications) {
    try (PodHistory pods = PodHistory.of(applications)) {
      Application app = applications.apply(slowCount("deleted"));
      app.awaitTasks();

      delete(applications, app.executor(1));

      SparkAppStatus end = app.awaitSuccess();
      assertThat(app.driverLog()).contains("count: 60");
      assertThat(end.executors().failed()).isZero();
      assertThat(pods.uids()).containsKey("deleted-1-exec-3");
    }
  }

  @Test
  void anExecutorThatIsDrainedIsReplacedAndTheDriverIsToldWhy(Applications applications) {
    Application app = applications.apply(slowCount("drained"));
    app.awaitTasks();

    Pod executor = app.executor(1);
    assertThat(applications.client().pods().resource(executor).evict()).isTrue();

    SparkAppStatus end = app.awaitSuccess();
    assertThat(end.executors().failed()).isZero();
    assertThat(app.driverLog())
        .contains("count: 60")
        .contains(
            "Executor 1 was evicted from node %s (EvictionByEvictionAPI)"
                .formatted(executor.getSpec().getNodeName()));
  }

  @Test
  void anApplicationWhoseDriverIsDrainedComesBackAsAnotherAttempt(Applications applications) {
    Application app =
        applications.apply(
            slowCount("phoenix")
                .with("spec.restart", "{policy: OnInfrastructureFailure, backoff: 1s}"));
    app.awaitTasks();

    Pod driver = app.driver().orElseThrow();
    assertThat(applications.client().pods().resource(driver).evict()).isTrue();

    SparkAppStatus end = app.awaitSuccess();
    assertThat(end.attempt()).isEqualTo(2);
    assertThat(app.driverLog()).contains("count: 60");
    assertThat(end.history())
        .singleElement()
        .satisfies(
            past ->
                assertThat(past.message())
                    .isEqualTo(
                        "The driver was evicted from node %s (EvictionByEvictionAPI);"
                                .formatted(driver.getSpec().getNodeName())
                            + " this is no fault of the application."));
    await().atMost(SOON).untilAsserted(() -> assertThat(app.executors()).isEmpty());
  }

  @Test
  void anApplicationWhoseDriverIsDeletedFailsAndKeepsNoExecutor(Applications applications) {
    Application app = applications.apply(slowCount("headless"));
    app.awaitTasks();

    delete(applications, app.driver().orElseThrow());

    assertThat(app.awaitFailure().message())
        .isEqualTo("The driver's pod headless-1-driver was deleted while the application ran.");
    await().atMost(SOON).untilAsserted(() -> assertThat(app.executors()).isEmpty());
    assertThat(app.events()).contains("Failed: " + app.status().message());
  }

  @Test
  void anApplicationWhoseDriverIsKilledFailsWithTheSignal(
      Cluster cluster, Applications applications) {
    Application app = applications.apply(slowCount("shot"));
    app.awaitTasks();

    cluster.node().kill(Application.containerOf(app.driver().orElseThrow()), "SIGKILL");

    SparkAppStatus end = app.awaitFailure();
    assertThat(end.message()).isEqualTo("The driver was killed by signal 9 from outside.");
    assertThat(end.driver().exitCode()).isEqualTo(137);
  }

  @Test
  void executorsThatGoOverTheirMemoryNameTheMemoryToRaise(Applications applications) {
    Manifest greedy =
        Manifest.running("greedy", "Pi", 1, "2")
            .with("spec.executor.memory", "512m")
            .with("spec.executor.memoryOverhead", "8m")
            .with("spec.executor.javaOptions", "-Xms512m -XX:+AlwaysPreTouch");

    Application app = applications.apply(greedy);

    SparkAppStatus end = app.awaitFailure();
    assertThat(end.message())
        .contains("3 executors failed, and 3 are too many.")
        .contains("was OOMKilled at its limit of 520Mi; raise executor.memoryOverhead.");
    assertThat(end.driver().exitCode()).isEqualTo(11);
    assertThat(app.events())
        .contains(
            "ExecutorLost: Executor 1 was OOMKilled at its limit of 520Mi;"
                + " raise executor.memoryOverhead.");
  }

  @Test
  void anImageThatCanNotBePulledIsNamed(Applications applications) {
    Application app = applications.applyExample("broken-image.yaml");

    assertThat(app.awaitFailure().message())
        .startsWith(
            "The driver can not start: its image example.invalid/spark:nowhere can not be pulled:");
    await().atMost(SOON).untilAsserted(() -> assertThat(app.executors()).isEmpty());
  }

  @Test
  void aDriverThatNoNodeTakesSaysWhatIsMissing(Applications applications) {
    Application app =
        applications.apply(
            Manifest.running("picky", "Pi", 1, "2").withPod("driver", "nodeSelector", NO_NODE));

    assertThat(app.awaitMessage("no node takes it").message())
        .startsWith("The driver waits: no node takes it: 0/1 nodes are available:")
        .contains("didn't match Pod's node affinity/selector");
  }

  @Test
  void executorsThatNoNodeTakesSayWhatIsMissing(Applications applications) {
    Application app =
        applications.apply(
            Manifest.running("choosy", "Pi", 1, "2").withPod("executor", "nodeSelector", NO_NODE));

    assertThat(app.awaitMessage("no node takes").message())
        .contains("didn't match Pod's node affinity/selector");
    assertThat(app.awaitStatus("runs", status -> status.driver() != null).executors().running())
        .isZero();
  }

  @Test
  void anApplicationLargerThanAllNodesWaitsInLineAndSaysByHowMuch(Applications applications) {
    Application app =
        applications.apply(
            Manifest.running("giant", "Pi", 1, "2").with("spec.executor.memory", "4000g"));

    SparkAppStatus status = app.awaitMessage("waits until nodes come");
    assertThat(status.phase()).isEqualTo(Phase.Waiting);
    assertThat(status.message())
        .contains("in line of queue default: its driver with 1 executor needs 4.3Ti of memory, ")
        .contains(" of all nodes together")
        .contains("spec.max of SparkQueue root");
    assertThat(app.driver()).isEmpty();
  }

  private static Manifest slowCount(String name) {
    return Manifest.running(name, "SlowCount", 2, "60", "500");
  }

  private static void delete(Applications applications, Pod pod) {
    applications.client().resource(pod).withGracePeriod(0).delete();
  }
}
