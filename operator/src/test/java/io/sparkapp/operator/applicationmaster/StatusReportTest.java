package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.StageNode;
import io.sparkapp.crds.StageState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What of a running application is in its status. */
class StatusReportTest {

  @Test
  void theAddressOfASparkConnectServerIsInTheStatusOnceItListens() {
    FakeCluster cluster =
        new FakeCluster(Apps.of("main: {connect: {}}\nexecutor: {instances: 1}\n")).reconcile();
    cluster.driverRuns().executorRuns(1).reconcile();
    assertThat(cluster.status().message()).isEqualTo("The Spark Connect server starts.");
    assertThat(cluster.status().driver().connect()).isNull();

    Progress progress = Specs.progress(Map.of("connect", "sc://10.0.0.9:15002"));
    cluster.driverWrites(spec -> Specs.withProgress(spec, progress)).reconcile();

    assertThat(cluster.status().driver().connect()).isEqualTo("sc://10.0.0.9:15002");
    assertThat(cluster.status().message())
        .isEqualTo("Spark Connect listens at sc://10.0.0.9:15002.");
    cluster.driverEnds(143, "Error", null).reconcile();
    assertThat(cluster.status().driver().connect()).isNull();
  }

  @Test
  void copiesProgressToTheStatusAndSaysWhatRuns() {
    FakeCluster cluster = FakeCluster.running(1);
    Progress progress =
        Specs.progress(
            Map.of(
                "jobs",
                new Progress.Count(0, 1),
                "stages",
                new Progress.Count(1, 2),
                "tasks",
                new Progress.TaskCount(12, 20, 1, 0),
                "percent",
                60,
                "active",
                List.of(new Progress.ActiveStage(3, 0, "reduce at Pi.java:38", 2, 1, 10)),
                "executors",
                new Progress.Registered(1, null, null)));

    cluster.driverWrites(spec -> Specs.withProgress(spec, progress)).reconcile();

    assertThat(cluster.status().progress().summary()).isEqualTo("60%");
    assertThat(cluster.status().message())
        .isEqualTo("Stage 3 (reduce at Pi.java:38): 2 of 10 tasks.");
    cluster.driverEnds(0, "Completed", null).reconcile();
    assertThat(cluster.status().progress().percent()).isEqualTo(60);
  }

  @Test
  void theGraphStaysInTheRequestWhileItRunsAndCausesNoWriteOfTheStatus() {
    FakeCluster cluster = FakeCluster.running(1);
    Progress progress = RightSizingTest.progress();
    cluster.driverWrites(spec -> Specs.withProgress(spec, progress.inShort())).reconcile();
    SparkAppStatus before = cluster.status();

    cluster.driverWrites(spec -> Specs.withProgress(spec, progress)).reconcile();

    assertThat(cluster.status()).isEqualTo(before);
    assertThat(before.progress().graph()).isNull();
    assertThat(before.usage()).isNull();
  }

  @Test
  void theLastStatusHasTheGraphAndWhatWouldHaveDone() {
    FakeCluster cluster = FakeCluster.running(1);
    Progress progress = RightSizingTest.progress();
    cluster.driverWrites(spec -> Specs.withProgress(spec, progress)).reconcile();

    cluster.driverEnds(0, "Completed", null).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(cluster.status().progress().graph()).isEqualTo(progress.graph());
    assertThat(cluster.status().progress().used()).as("usage says it better").isNull();
    assertThat(cluster.status().usage().executor().sentence()).startsWith("An executor used");
    cluster.reconcile();
    assertThat(cluster.status().progress().graph()).isEqualTo(progress.graph());
  }

  @Test
  void ofManyStagesTheLatestStayWithTheStatus() {
    List<StageNode> sixty =
        IntStream.range(0, 60)
            .mapToObj(id -> new StageNode(id, 0, 0, "map", null, StageState.Done, 1, 0, null, null))
            .toList();
    FakeCluster cluster = FakeCluster.running(1);
    cluster.driverWrites(
        spec -> Specs.withProgress(spec, Specs.progress(Map.of("percent", 1, "graph", sixty))));

    cluster.reconcile().driverEnds(0, "Completed", null).reconcile();

    assertThat(cluster.status().progress().graph()).isEqualTo(sixty.subList(30, 60));
  }

  @Test
  void conditionsMoveTheirTransitionTimeOnlyWhenTheyChange() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(1)).reconcile();
    String admitted = cluster.condition("Admitted").getLastTransitionTime();
    String notRunning = cluster.condition("DriverRunning").getLastTransitionTime();

    cluster.timePasses(Duration.ofSeconds(9)).driverRuns().reconcile();

    assertThat(cluster.condition("Admitted").getLastTransitionTime()).isEqualTo(admitted);
    assertThat(cluster.condition("DriverRunning").getLastTransitionTime()).isNotEqualTo(notRunning);
  }
}
