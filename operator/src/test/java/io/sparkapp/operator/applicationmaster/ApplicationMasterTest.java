package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
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

class ApplicationMasterTest {

  private static final String OUT_OF_ROOM = "0/1 nodes are available: 1 Insufficient memory.";

  @Test
  void createsTheDriverAndTheFirstExecutorsTogether() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(2));

    cluster.reconcile(Integer.MAX_VALUE);

    assertThat(cluster.podNames())
        .containsExactly("flights-1-driver", "flights-1-exec-1", "flights-1-exec-2");
    assertThat(cluster.request().getMetadata().getName()).isEqualTo("flights-1");
    assertThat(cluster.secretThere()).isTrue();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Starting);
    assertThat(cluster.status().observedGeneration()).isEqualTo(1);
    assertThat(cluster.said())
        .containsExactly("Started: Created the driver and 2 executors; they start together.");
  }

  @Test
  void decidesNothingMoreWhenNothingHappens() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(2)).reconcile();

    assertThat(cluster.reconcile(Integer.MAX_VALUE)).isZero();
    assertThat(cluster.everCreated()).hasSize(3);
  }

  @Test
  void tellsWaitingExecutorsWhereTheDriverIsAsSoonAsItHasAnAddress() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(2)).reconcile();

    cluster.driverHasAddress("10.0.0.1").reconcile();

    assertThat(cluster.pod("flights-1-exec-2").getMetadata().getAnnotations())
        .containsEntry(Names.DRIVER_ADDRESS, "10.0.0.1:7078");
  }

  @Test
  void runsToSuccessAndLeavesOnlyTheDriversPodForItsLog() {
    FakeCluster cluster = running(2);

    cluster
        .driverWrites(spec -> Specs.withAsks(spec, Specs.ask(0, 0)))
        .driverEnds(0, "Completed", words("Succeeded", 0, "The application succeeded."))
        .reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(cluster.status().executors().summary()).isEqualTo("0/2");
    assertThat(cluster.status().driver().exitCode()).isZero();
    assertThat(cluster.status().ended()).isNotNull();
    assertThat(cluster.podNames()).containsExactly("flights-1-driver");
    assertThat(cluster.request()).isNull();
    assertThat(cluster.secretThere()).isFalse();
    assertThat(condition(cluster, "Complete").getStatus()).isEqualTo("True");
    assertThat(condition(cluster, "Failed").getStatus()).isEqualTo("False");
  }

  @Test
  void saysTheDriversLastWordsWhenItFailed() {
    FakeCluster cluster = running(1);

    cluster
        .driverEnds(15, "Error", words("UserError", 15, "IllegalStateException: no such year"))
        .reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message()).isEqualTo("IllegalStateException: no such year");
    assertThat(cluster.status().driver().exitCode()).isEqualTo(15);
    assertThat(cluster.said()).contains("Failed: IllegalStateException: no such year");
  }

  @Test
  void callsAnExitWithZeroBeforeMainReturnedAFailureAsYarnDoes() {
    FakeCluster cluster = running(1);

    cluster
        .driverEnds(0, "Completed", words("ExitedEarly", 0, "The driver left before main did."))
        .reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().driver().exitCode()).isEqualTo(16);
  }

  @Test
  void explainsADriverThatLeavesWithoutLastWords() {
    FakeCluster cluster = running(1).driverEnds(3, "Error", null).reconcile();

    assertThat(cluster.status().message())
        .isEqualTo("The driver ended with exit code 3; its log says more.");
  }

  @Test
  void ofAFailedDriverTheLastLinesOfItsLogAreInTheStatus() {
    String words =
        "{\"outcome\":\"UserError\",\"exitCode\":15,\"message\":\"It threw.\",\"log\":[\"a\",\"b\"]}";
    FakeCluster cluster = running(1).driverEnds(15, "Error", words).reconcile();

    assertThat(cluster.status().message()).isEqualTo("It threw.");
    assertThat(cluster.status().driver().log()).containsExactly("a", "b");
  }

  @Test
  void ofADriverWithoutLastWordsThoseThatTheKubeletKeptAreInTheStatus() {
    FakeCluster cluster = running(1).driverEnds(2, "Error", "first\n\nlast\n").reconcile();

    assertThat(cluster.status().driver().log()).containsExactly("first", "last");
  }

  @Test
  void aSucceededDriverLeavesNoLogInTheStatus() {
    FakeCluster cluster = running(1).driverEnds(0, "Completed", null).reconcile();

    assertThat(cluster.status().driver().log()).isNull();
  }

  @Test
  void advisesMoreMemoryForADriverThatWasOomKilled() {
    FakeCluster cluster = running(1).driverEnds(137, "OOMKilled", null).reconcile();

    assertThat(cluster.status().message())
        .contains("OOMKilled at its limit of 1408Mi")
        .contains("raise driver.memoryOverhead");
  }

  @Test
  void saysOfADriverThatWasDrainedWhoEndedIt() {
    FakeCluster cluster = running(1);

    cluster.podIsDrained("flights-1-driver").driverEnds(143, "Error", null).reconcile();

    assertThat(cluster.status().message())
        .startsWith("The driver was evicted from ")
        .contains("(EvictionByEvictionAPI)")
        .endsWith("this is no fault of the application.");
  }

  @Test
  void aDriverThatWasDoneWhenItsNodeWasDrainedSucceeded() {
    FakeCluster cluster = running(1);

    cluster.podIsDrained("flights-1-driver").driverEnds(0, "Completed", null).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void doesNotBlameTheApplicationForAnEvictedDriverWithoutContainerStatuses() {
    FakeCluster cluster = running(1);

    cluster.podIsEvicted("flights-1-driver", "The node was low on resource: memory.").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .contains("Evicted")
        .contains("low on resource: memory")
        .contains("no fault of the application");
  }

  @Test
  void failsWhenTheDriversPodIsDeletedAndNeverMakesASecondOne() {
    FakeCluster cluster = running(1).podVanishes("flights-1-driver").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .isEqualTo("The driver's pod flights-1-driver was deleted while the application ran.");
    assertThat(cluster.podNames()).isEmpty();
    assertThat(cluster.everCreated()).containsOnlyOnce("flights-1-driver");
  }

  @Test
  void givesAnImageThatCanNotBePulledSomeSecondsAndThenUp() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(1)).reconcile();

    cluster
        .podWaits("flights-1-driver", "driver", "ImagePullBackOff", "Back-off pulling image")
        .reconcile();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Starting);
    assertThat(cluster.status().message()).contains("its image driver-image can not be pulled");
    assertThat(cluster.decide().lookAgain()).contains(Duration.ofSeconds(20).plusMillis(1));

    cluster.timePasses(Duration.ofSeconds(21)).reconcile();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .startsWith("The driver can not start: its image driver-image can not be pulled");
    assertThat(cluster.podNames()).isEmpty();
  }

  @Test
  void failsAtOnceWhenTheNodeWillNeverHaveTheImage() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(1)).reconcile();

    cluster.podWaits("flights-1-driver", "driver", "ErrImageNeverPull", "not here").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
  }

  @Test
  void waitsForRoomAsLongAsItTakesAndSaysWhatIsMissing() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(1)).reconcile();

    cluster.podIsUnschedulable("flights-1-driver", OUT_OF_ROOM).reconcile();
    cluster.timePasses(Duration.ofHours(1)).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Starting);
    assertThat(cluster.status().message()).contains("no node takes it: " + OUT_OF_ROOM);
  }

  @Test
  void saysWhenARunningDriverHasNoExecutorBecauseNoneFits() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(1)).reconcile().driverRuns();

    cluster.podIsUnschedulable("flights-1-exec-1", OUT_OF_ROOM).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
    assertThat(cluster.status().message())
        .isEqualTo("The driver runs and waits for executor 1: no node takes it: " + OUT_OF_ROOM);
  }

  @Test
  void failsWhenExecutorsNeverGetTheirImage() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(1)).reconcile().driverRuns();

    cluster.podWaits("flights-1-exec-1", "executor", "ErrImageNeverPull", null).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .startsWith("No executor can start: its image executor-image can not be pulled");
  }

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
    FakeCluster cluster = running(1);
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
    FakeCluster cluster = running(1);
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
    FakeCluster cluster = running(1);
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
    FakeCluster cluster = running(1);
    cluster.driverWrites(
        spec -> Specs.withProgress(spec, Specs.progress(Map.of("percent", 1, "graph", sixty))));

    cluster.reconcile().driverEnds(0, "Completed", null).reconcile();

    assertThat(cluster.status().progress().graph()).isEqualTo(sixty.subList(30, 60));
  }

  @Test
  void createsNothingWhileTheQueueLetsItWait() {
    FakeCluster cluster =
        new FakeCluster(
            Apps.withExecutors(1),
            new ScriptedResourceManager()
                .waits(1, "needs 3 cores, queue default has 2 free; 1st in line"));

    cluster.reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Waiting);
    assertThat(cluster.status().message()).contains("1st in line");
    assertThat(cluster.podNames()).isEmpty();
    assertThat(condition(cluster, "Admitted").getStatus()).isEqualTo("False");
  }

  @Test
  void failsWithTheQueuesReasonWhenItIsRefused() {
    FakeCluster cluster =
        new FakeCluster(
            Apps.withExecutors(1),
            new ScriptedResourceManager().refuses("queue default is stopped"));

    cluster.reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.said())
        .containsExactly(
            "QueueRefused: queue default is stopped", "Failed: queue default is stopped");
  }

  @Test
  void refusesATemplateThatIsNoPodTemplateBeforeAnythingIsCreated() {
    FakeCluster cluster =
        new FakeCluster(
            Apps.of(
                """
                main: {jar: "local:///opt/app.jar", class: com.acme.Main}
                driver: {template: {spec: {containers: "none"}}}
                """));

    cluster.reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message()).startsWith("spec.driver.template is no pod template");
    assertThat(cluster.podNames()).isEmpty();
  }

  @Test
  void conditionsMoveTheirTransitionTimeOnlyWhenTheyChange() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(1)).reconcile();
    String admitted = condition(cluster, "Admitted").getLastTransitionTime();
    String notRunning = condition(cluster, "DriverRunning").getLastTransitionTime();

    cluster.timePasses(Duration.ofSeconds(9)).driverRuns().reconcile();

    assertThat(condition(cluster, "Admitted").getLastTransitionTime()).isEqualTo(admitted);
    assertThat(condition(cluster, "DriverRunning").getLastTransitionTime())
        .isNotEqualTo(notRunning);
  }

  private static FakeCluster running(int executors) {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(executors)).reconcile().driverRuns();
    for (int id = 1; id <= executors; id++) {
      cluster.executorRuns(id);
    }
    cluster.reconcile();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
    return cluster;
  }

  private static Condition condition(FakeCluster cluster, String type) {
    return cluster.status().conditions().stream()
        .filter(condition -> type.equals(condition.getType()))
        .findFirst()
        .orElseThrow();
  }

  static String words(String outcome, int exitCode, String message) {
    return "{\"outcome\":\"%s\",\"exitCode\":%d,\"message\":\"%s\"}"
        .formatted(outcome, exitCode, message);
  }
}
