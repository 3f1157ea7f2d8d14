package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Phase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When an application stands in the line of a queue, and what it tells of that. */
class AdmissionTest {

  private static final Reference TUNING =
      new Reference(Reference.Kind.ConfigMap, "tuning", Optional.empty());

  private static final Reference SHARED =
      new Reference(Reference.Kind.PersistentVolumeClaim, "shared", Optional.empty());

  private static final String REFERRING =
      """
      main: {jar: "local:///opt/app.jar", class: com.acme.Main}
      sparkConfFrom: [{configMap: tuning}]
      executor:
        instances: 1
        template:
          spec: {volumes: [{name: shared, persistentVolumeClaim: {claimName: shared}}]}
      """;

  private final ScriptedResourceManager queue = new ScriptedResourceManager();

  @Test
  void oneWhoseDriverNobodyStartedStandsInNoLine() {
    FakeCluster cluster =
        new FakeCluster(Apps.of("placement: Client\nexecutor: {instances: 2}\n"), queue);

    cluster.reconcile();

    assertThat(queue.asked()).isNull();
    assertThat(cluster.status().message()).startsWith("Waits for its driver");
    assertThat(ApplicationMaster.isInQueue(cluster.status())).isFalse();
  }

  @Test
  void oneWhoseConfigMapIsMissingStandsInNoLineUntilItIsThere() {
    FakeCluster cluster = new FakeCluster(Apps.of(REFERRING), queue).misses(TUNING, SHARED);

    cluster.reconcile(Integer.MAX_VALUE);

    assertThat(queue.asked()).isNull();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Waiting);
    assertThat(cluster.status().message())
        .startsWith("ConfigMap tuning and PersistentVolumeClaim shared are not there");
    assertThat(ApplicationMaster.isInQueue(cluster.status())).isFalse();
    assertThat(cluster.reported()).isEmpty();
    assertThat(cluster.decide().lookAgain()).contains(Duration.ofSeconds(5));

    cluster.misses().reconcile();

    assertThat(queue.asked()).isNotNull();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Starting);
  }

  @Test
  void whatPodsReferToIsLookedForOnceByOneThatIsAdmittedAtOnce() {
    FakeCluster cluster = new FakeCluster(Apps.of(REFERRING), queue).reconcile();

    assertThat(cluster.looks()).isEqualTo(1);
    assertThat(cluster.required()).containsExactlyInAnyOrder(TUNING, SHARED);
  }

  @Test
  void whatPodsReferToIsLookedForAgainAfterAWaitInLine() {
    queue.waits(1, "Needs 5 cores; 1st in line.");
    FakeCluster cluster = new FakeCluster(Apps.of(REFERRING), queue).reconcile().reconcile();
    assertThat(cluster.looks()).isEqualTo(1);

    queue.admits("Queue etl has admitted the application.");
    cluster.reconcile();

    assertThat(cluster.looks()).isEqualTo(2);
    assertThat(cluster.status().phase()).isEqualTo(Phase.Starting);
  }

  @Test
  void waitsInLineWithItsPlaceAndIsToldWhenItIsAdmitted() {
    queue.waits(3, "Needs 5 cores, queue etl has 2 free; 3rd in line.");
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(2), queue).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Waiting);
    assertThat(cluster.status().queue()).isEqualTo("etl");
    assertThat(cluster.status().place()).isEqualTo(3);
    assertThat(cluster.status().conditions())
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.getType()).isEqualTo("Admitted");
              assertThat(condition.getStatus()).isEqualTo("False");
              assertThat(condition.getReason()).isEqualTo("InLine");
            });
    assertThat(queue.asked().admitted()).isFalse();
    assertThat(queue.asked().chargedTo()).isEmpty();

    queue.admits("Queue etl has room since another application ended.");
    cluster.reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Starting);
    assertThat(cluster.status().place()).isNull();
    assertThat(cluster.said())
        .startsWith("Admitted: Queue etl has room since another application ended.");
    assertThat(queue.asked().admitted()).isTrue();
    assertThat(queue.asked().chargedTo()).contains("etl");
  }

  @Test
  void oneThatDidNotWaitIsToldThatItStartedAndNoMore() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(1), queue).reconcile();

    assertThat(cluster.said()).singleElement().asString().startsWith("Started");
  }

  @Test
  void aBadTemplateNeedNotWaitToBeRefused() {
    queue.waits(1, "Waits.");
    FakeCluster cluster =
        new FakeCluster(
            Apps.of(
                """
                main: {jar: "local:///opt/app.jar", class: com.acme.Main}
                executor: {template: {spec: {priorityClassName: high}}}
                """),
            queue);

    cluster.reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .contains("spec.executor.template may not have spec.priorityClassName")
        .contains("spec.priorityClassName says it for all pods");
  }

  @Test
  void aMoveIsToldOnce() {
    FakeCluster cluster = FakeCluster.running(1, queue);
    queue.chargesTo("nightly");

    cluster.reconcile();

    assertThat(cluster.status().queue()).isEqualTo("nightly");
    assertThat(cluster.said())
        .filteredOn(said -> said.startsWith("Moved"))
        .containsExactly("Moved: Moved from queue etl to queue nightly with all that it holds.");
    assertThat(queue.asked().chargedTo()).contains("nightly");
  }

  @Test
  void betweenTwoAttemptsItIsInNoQueueAndItsPlaceIsGone() {
    FakeCluster cluster =
        new FakeCluster(
            Apps.of(
                """
                main: {jar: "local:///opt/app.jar", class: com.acme.Main}
                executor: {instances: 1}
                restart: {policy: OnFailure, backoff: 10s}
                """),
            queue);
    cluster.reconcile().driverRuns().reconcile();
    assertThat(ApplicationMaster.isInQueue(cluster.status())).isTrue();

    cluster.driverEnds(1, "Error", null).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Restarting);
    assertThat(ApplicationMaster.isInQueue(cluster.status())).isFalse();

    queue.waits(7, "Waits.");
    cluster.timePasses(Duration.ofSeconds(10)).reconcile();
    assertThat(queue.asked().admitted()).isFalse();
    assertThat(cluster.status().place()).isEqualTo(7);
  }
}
