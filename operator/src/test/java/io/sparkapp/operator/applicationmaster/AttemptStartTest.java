package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The first pods of an application: when they are made, and what may keep them from running. */
class AttemptStartTest {

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
    assertThat(cluster.condition("Admitted").getStatus()).isEqualTo("False");
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
}
