package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static final String SPEC =
      """
      main: {jar: "local:///opt/app.jar", class: com.acme.Main}
      executor: {instances: 1}
      """;

  @Test
  void aDriverThatDoesNotRunInTimeEndsTheAttemptWithWhatItWaitedFor() {
    FakeCluster cluster =
        new FakeCluster(Apps.of(SPEC + "limits: {driverStart: 5m}\n"))
            .reconcile()
            .podIsUnschedulable("flights-1-driver", "0/3 nodes are available")
            .reconcile();

    assertThat(cluster.decide().lookAgain()).contains(Duration.ofMinutes(5).plusMillis(1));
    cluster.timePasses(Duration.ofMinutes(5)).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .isEqualTo(
            "The driver did not run within limits.driverStart, 5m:"
                + " no node takes it: 0/3 nodes are available.");
    assertThat(cluster.podNames()).isEmpty();
  }

  @Test
  void aDriverThatRanAndWasKilledIsNotJudgedByTheTimeItHadToStart() {
    FakeCluster cluster = AttemptsTest.running(SPEC + "limits: {driverStart: 5m}\n");
    cluster.timePasses(Duration.ofHours(1)).driverContainerIsKilled().reconcile();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);

    cluster.driverEnds(137, "OOMKilled", null).reconcile();

    assertThat(cluster.status().message()).startsWith("The driver was OOMKilled");
  }

  @Test
  void limitsAreLookedAtAgainThoughNothingHappens() {
    FakeCluster cluster =
        new FakeCluster(Apps.of(SPEC + "limits: {driverStart: 5m, firstExecutor: 2m}\n"));
    assertThat(cluster.decide().lookAgain()).contains(Duration.ofMinutes(5).plusMillis(1));

    cluster.reconcile().driverRuns();
    assertThat(cluster.decide().lookAgain()).contains(Duration.ofMinutes(2).plusMillis(1));
  }

  @Test
  void anExecutorThatWillNeverStartDoesNotHideALimit() {
    FakeCluster cluster =
        AttemptsTest.running(SPEC.replace("instances: 1", "instances: 2") + "limits: {run: 2h}\n")
            .podWaits("flights-1-exec-2", "executor", "ImagePullBackOff", "no such image")
            .timePasses(Duration.ofMinutes(1))
            .reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
    assertThat(cluster.decide().lookAgain()).contains(Duration.ofMinutes(119).plusMillis(1));
  }

  @Test
  void betweenTwoAttemptsTheEndOfTheTimeIsLookedAtToo() {
    FakeCluster cluster =
        AttemptsTest.running(
            SPEC
                + "limits: {run: 1h}\n"
                + "restart: {policy: OnFailure, backoff: 2h, maxBackoff: 2h}\n");
    cluster.driverEnds(1, "Error", null).reconcile();

    assertThat(cluster.decide().lookAgain()).contains(Duration.ofHours(1).plusMillis(1));
  }

  @Test
  void aDriverWithoutAnyExecutorEndsTheAttempt() {
    FakeCluster cluster =
        new FakeCluster(Apps.of(SPEC + "limits: {firstExecutor: 2m}\n"))
            .reconcile()
            .driverRuns()
            .reconcile();

    cluster.timePasses(Duration.ofSeconds(119)).reconcile();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
    cluster.timePasses(Duration.ofSeconds(1)).reconcile();

    assertThat(cluster.status().message())
        .isEqualTo("No executor registered with the driver within limits.firstExecutor, 2m.");
  }

  @Test
  void anExecutorThatRegisteredInTimeIsEnough() {
    FakeCluster cluster = AttemptsTest.running(SPEC + "limits: {firstExecutor: 2m}\n");
    cluster.driverWrites(spec -> Specs.withProgress(spec, registered(1))).reconcile();

    cluster.timePasses(Duration.ofHours(1)).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
  }

  @Test
  void anApplicationThatRunsTooLongFailsForGood() {
    FakeCluster cluster =
        AttemptsTest.running(
            SPEC + "limits: {run: 2h}\nrestart: {policy: OnFailure, backoff: 1s}\n");
    cluster.timePasses(Duration.ofMinutes(90)).driverEnds(1, "Error", null).reconcile();
    cluster.timePasses(Duration.ofSeconds(1)).reconcile().driverRuns().reconcile();
    assertThat(cluster.status().attempt()).isEqualTo(2);

    cluster.timePasses(Duration.ofMinutes(30)).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .isEqualTo("The application ran longer than limits.run allows, 2h.");
  }

  @Test
  void timeIsUpBetweenTwoAttemptsToo() {
    FakeCluster cluster =
        AttemptsTest.running(
            SPEC
                + "limits: {run: 1h}\nrestart: {policy: OnFailure, backoff: 2h, maxBackoff: 2h}\n");
    cluster.driverEnds(1, "Error", null).reconcile();

    cluster.timePasses(Duration.ofHours(1)).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
  }

  @Test
  void asManyExecutorsMayFailAsTheSpecSays() {
    FakeCluster cluster = AttemptsTest.running(SPEC + "limits: {executorFailures: 1}\n");

    cluster.executorEnds(1, 1, "Error").reconcile();

    assertThat(cluster.status().message())
        .isEqualTo(
            "1 executor failed, and 1 is too many. The last: Executor 1 ended with exit code 1.");
  }

  @Test
  void asManyExecutorsMayFailAsTwiceTheMostThatThereMayBe() {
    FakeCluster cluster = AttemptsTest.running(SPEC.replace("{instances: 1}", "{min: 1, max: 2}"));

    for (int id = 1; id <= 3; id++) {
      cluster.executorEnds(id, 1, "Error").reconcile().executorsRun().reconcile();
    }
    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
    cluster.executorEnds(4, 1, "Error").reconcile();

    assertThat(cluster.status().message()).startsWith("4 executors failed, and 4 are too many.");
  }

  private static Progress registered(int executors) {
    return Specs.progress(Map.of("executors", new Progress.Registered(executors, null, null)));
  }
}
