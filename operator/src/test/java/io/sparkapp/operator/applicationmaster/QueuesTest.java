package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.EndCause;
import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.ExecutorRequestStatus.Ended;
import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import io.sparkapp.crds.ExecutorRequestStatus.Reclaim;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import io.sparkapp.operator.resourcemanager.ApplicationDemand;
import io.sparkapp.operator.resourcemanager.Resources;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the ApplicationMaster tells the ResourceManager, and what it makes of the answers. */
class QueuesTest {

  private static final String BEFORE = "2026-01-01T00:00:30Z";

  private final ScriptedResourceManager queue = new ScriptedResourceManager();

  private FakeCluster running(int executors) {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(executors), queue).reconcile();
    return cluster.driverRuns().executorsRun().reconcile();
  }

  @Test
  void asksForWhatItsPodsWillRequest() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(2), queue).reconcile();

    ApplicationDemand asked = queue.asked();
    Pod driver = cluster.pod("flights-1-driver");
    assertThat(asked.driver()).isEqualTo(PodRequests.of(driver)).isEqualTo(requests(driver));
    assertThat(asked.asks()).hasSize(1);
    assertThat(asked.asks().get(0).size())
        .isEqualTo(requests(cluster.pod("flights-1-exec-1")))
        .isEqualTo(new Resources(2000, (2048L + 384) << 20));
    assertThat(asked.gang()).isEqualTo(2);
  }

  @Test
  void countsWhatTemplatesAdd() {
    FakeCluster cluster =
        new FakeCluster(
            Apps.of(
                """
                main: {jar: "local:///opt/app.jar", class: com.acme.Main}
                driver:
                  template:
                    spec:
                      initContainers:
                      - {name: fetch, resources: {requests: {cpu: "1", memory: 8Gi}}}
                      - {name: proxy, restartPolicy: Always, resources: {requests: {cpu: 100m}}}
                executor:
                  instances: 1
                  template:
                    spec:
                      containers:
                      - {name: executor, resources: {limits: {example.com/fpga: 2}}}
                      - {name: agent, resources: {requests: {cpu: 250m}, limits: {memory: 64Mi}}}
                """),
            queue);

    cluster.reconcile();

    assertThat(queue.asked().driver()).isEqualTo(new Resources(1100, 8L << 30));
    Resources executor = queue.asked().asks().get(0).size();
    assertThat(executor.cpu()).isEqualTo(1250);
    assertThat(executor.memory()).isEqualTo((1024L + 384 + 64) << 20);
    assertThat(executor.others()).containsEntry("example.com/fpga", 2L);
    assertThat(executor).isEqualTo(PodRequests.of(cluster.pod("flights-1-exec-1")));
  }

  @Test
  void aDriverOutsideCostsNothing() {
    new FakeCluster(
            Apps.of(
                """
                placement: Client
                client: {host: 10.0.0.99, port: 4711}
                executor: {instances: 2}
                """),
            queue)
        .driverRenewsItsLease()
        .reconcile();

    assertThat(queue.asked().driver().isNone()).isTrue();
  }

  @Test
  void oneWhoseDriverNobodyStartedStandsInNoLine() {
    FakeCluster cluster =
        new FakeCluster(Apps.of("placement: Client\nexecutor: {instances: 2}\n"), queue);

    cluster.reconcile();

    assertThat(queue.asked()).isNull();
    assertThat(cluster.status().message()).startsWith("Waits for its driver");
    assertThat(ApplicationMaster.isInQueue(cluster.status())).isFalse();
  }

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
  void allPodsHaveThePriorityClass() {
    FakeCluster cluster =
        new FakeCluster(
            Apps.of(
                """
                main: {jar: "local:///opt/app.jar", class: com.acme.Main}
                executor: {instances: 1}
                priorityClassName: nightly
                """),
            queue);

    cluster.reconcile();

    assertThat(cluster.podNames())
        .hasSize(2)
        .allSatisfy(
            pod ->
                assertThat(cluster.pod(pod).getSpec().getPriorityClassName()).isEqualTo("nightly"));
  }

  @Test
  void createsAsManyExecutorsAsAreGrantedAndSaysWhyNotMore() {
    FakeCluster cluster =
        new FakeCluster(
            Apps.of(
                """
                main: {jar: "local:///opt/app.jar", class: com.acme.Main}
                executor: {min: 1, max: 9, instances: 4}
                """),
            queue.grantsAtMost(2, "Queue etl is at its maximum."));

    cluster.reconcile().driverRuns().executorsRun().reconcile();

    assertThat(cluster.podNames()).hasSize(3);
    assertThat(cluster.request().answered().granted()).containsExactly(new Grant(0, 2));
    assertThat(cluster.request().answered().message()).isEqualTo("Queue etl is at its maximum.");
    assertThat(cluster.status().executors().asked()).isEqualTo(4);
    assertThat(cluster.status().executors().granted()).isEqualTo(2);
    assertThat(cluster.status().message()).contains("Queue etl is at its maximum.");
  }

  @Test
  void tellsWhatItHoldsAndHowMuchOfThatIsIdle() {
    FakeCluster cluster = running(3);
    cluster.podIsDrained("flights-1-exec-3");
    cluster.driverWrites(
        spec ->
            Specs.withProgress(
                spec, Specs.progress(Map.of("executors", new Progress.Registered(3, 2, 1)))));

    cluster.decide();

    ApplicationDemand.Ask ask = queue.asked().asks().get(0);
    assertThat(ask.held()).isEqualTo(3);
    assertThat(ask.idle()).isEqualTo(2);
    assertThat(ask.granted()).isEqualTo(3);
    assertThat(ask.wanted()).as("one more, for the one that leaves").isEqualTo(4);
  }

  @Test
  void aPodOnItsWayOutTakesPartOfTheGrantUntilItIsGone() {
    FakeCluster cluster = running(3);
    queue.grantsAtMost(3, "Queue etl is at its maximum.");
    cluster.podIsDrained("flights-1-exec-3").reconcile();

    assertThat(cluster.podNames()).hasSize(4);

    cluster.podVanishes("flights-1-exec-3").reconcile();

    assertThat(cluster.podNames()).hasSize(4).contains("flights-1-exec-4");
  }

  @Test
  void aReclaimIsTheDriversToCarryOutUntilItsTimeIsOver() {
    FakeCluster cluster = running(3);
    queue.takesBack(0, 1, BEFORE);
    cluster.reconcile();

    assertThat(cluster.request().answered().reclaim()).containsExactly(new Reclaim(0, 1, BEFORE));
    assertThat(cluster.request().answered().granted()).containsExactly(new Grant(0, 1));
    assertThat(cluster.podNames()).hasSize(4);
    assertThat(cluster.said()).contains("ExecutorsReclaimed: Queue etl takes 2 executors back.");
    assertThat(cluster.decide().lookAgain()).contains(Duration.ofSeconds(30).plusMillis(1));
    assertThat(queue.asked().asks().get(0).reclaim())
        .map(ApplicationDemand.Reclaim::total)
        .contains(1);

    // The driver gives one back in time.
    cluster.executorEnds(1, 0, "Completed").reconcile();
    cluster.timePasses(Duration.ofSeconds(30)).reconcile();

    assertThat(cluster.podNames()).containsExactly("flights-1-driver", "flights-1-exec-2");
    Ended end =
        cluster.request().answered().ended().stream()
            .filter(each -> each.id().equals("3"))
            .findFirst()
            .orElseThrow();
    assertThat(end.cause()).isEqualTo(EndCause.Reclaimed);
    assertThat(end.applicationAtFault()).isFalse();
    assertThat(end.message())
        .isEqualTo(
            "Queue etl took executor 3 back, which had not left in time; this is no fault of the application.");
    assertThat(cluster.status().executors().failed()).isZero();
  }

  @Test
  void aReclaimThatFirstTakesOnlyWhatIsNotThereIsToldWhenItTakesExecutors() {
    FakeCluster cluster = running(3);
    queue.takesBack(0, 3, BEFORE);
    cluster.reconcile();
    assertThat(cluster.said()).noneMatch(event -> event.startsWith("ExecutorsReclaimed"));

    queue.takesBack(0, 2, BEFORE);
    cluster.reconcile();
    queue.takesBack(0, 1, BEFORE);
    cluster.reconcile();

    assertThat(cluster.said())
        .filteredOn(event -> event.startsWith("ExecutorsReclaimed"))
        .containsExactly("ExecutorsReclaimed: Queue etl takes 1 executor back.");
  }

  @Test
  void thoseThatTheDriverSaysAreLeavingAreEndedBeforeOthers() {
    FakeCluster cluster = running(4);
    queue.takesBack(0, 2, BEFORE);
    cluster.reconcile();
    cluster.driverWrites(spec -> Specs.withLeaving(spec, "1", "3"));

    cluster.timePasses(Duration.ofSeconds(30)).reconcile();

    assertThat(cluster.podNames())
        .containsExactly("flights-1-driver", "flights-1-exec-2", "flights-1-exec-4");
  }

  @Test
  void afterThoseThatAreLeavingTheNewestAreEnded() {
    FakeCluster cluster = running(4);
    queue.takesBack(0, 2, BEFORE);
    cluster.reconcile();
    cluster.driverWrites(spec -> Specs.withLeaving(spec, "1"));

    cluster.timePasses(Duration.ofSeconds(30)).reconcile();

    assertThat(cluster.podNames())
        .containsExactly("flights-1-driver", "flights-1-exec-2", "flights-1-exec-3");
  }

  @Test
  void noMoreAreEndedThanAreTooManyHoweverManyAreLeaving() {
    FakeCluster cluster = running(4);
    queue.takesBack(0, 2, BEFORE);
    cluster.reconcile();
    cluster.driverWrites(spec -> Specs.withLeaving(spec, "1", "2", "3", "4", "99"));
    // One has left already, and its pod is not gone yet.
    cluster.podIsDrained("flights-1-exec-4");

    cluster.timePasses(Duration.ofSeconds(30)).reconcile();

    assertThat(cluster.podNames())
        .containsExactly(
            "flights-1-driver", "flights-1-exec-1", "flights-1-exec-2", "flights-1-exec-4");
  }

  @Test
  void executorsThatHaveNotStartedAreTakenBackAtOnce() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(3), queue).reconcile();
    cluster.driverRuns().executorRuns(1).executorRuns(3).reconcile();
    queue.takesBack(0, 2, BEFORE);

    cluster.reconcile();

    assertThat(cluster.podNames())
        .containsExactly("flights-1-driver", "flights-1-exec-1", "flights-1-exec-3");
  }

  @Test
  void aMoveIsToldOnce() {
    FakeCluster cluster = running(1);
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

  @Test
  void anAnswerThatIsWrittenCountsAsAdmittedThoughNoPodWasMadeYet() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(2), queue);
    // The request with the answer in it, and its Secret; then the operator dies.
    cluster.reconcile(2);

    cluster.decide();

    assertThat(queue.asked().admitted()).isTrue();
    assertThat(queue.asked().asks().get(0).granted()).isEqualTo(2);
    assertThat(queue.asked().asks().get(0).held()).isZero();
    assertThat(Optional.ofNullable(cluster.pod("flights-1-driver"))).isEmpty();
  }

  @Test
  void whatAnOperatorThatDiedHasAnsweredIsAnsweredAnewWhenTheQueueGrantsLessByNow() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(2), queue);
    cluster.reconcile(2);
    assertThat(cluster.request().answered().granted()).containsExactly(new Grant(0, 2));

    queue.grantsAtMost(1, "Queue etl is at its maximum.");
    cluster.reconcile();

    assertThat(cluster.request().answered().granted()).containsExactly(new Grant(0, 1));
    assertThat(cluster.podNames())
        .as("the first two ids were given out")
        .containsExactly("flights-1-driver", "flights-1-exec-3");
  }

  private static Resources requests(Pod pod) {
    return Resources.of(pod.getSpec().getContainers().get(0).getResources().getRequests());
  }

  /** More bytes than a long counts, though the schema lets it pass. */
  private static FakeCluster withUncountable(String field, ScriptedResourceManager queue) {
    return new FakeCluster(
        Apps.of(
            """
            main: {jar: "local:///opt/app.jar", class: com.acme.Main}
            %s
            """
                .formatted(field)),
        queue);
  }

  @Test
  void whatCanNotBeCountedEndsItsApplicationWithASentenceAndNobodyElse() {
    for (String field :
        new String[] {
          "driver: {memory: 9000000t}",
          "executor: {memory: 9000000t}",
          "driver: {memory: 8000000t, memoryOverhead: 8000000t}",
          "sparkConf: {spark.driver.resource.gpu.amount: \"99999999999999999999\","
              + " spark.driver.resource.gpu.vendor: nvidia.com}",
          "driver: {template: {spec: {containers: [{name: a, resources: {requests: {memory: 5Ei}}},"
              + " {name: b, resources: {requests: {memory: 5Ei}}}]}}}"
        }) {
      FakeCluster cluster = withUncountable(field, queue);

      assertThat(cluster.reported()).as(field).isEmpty();

      cluster.reconcile();

      assertThat(cluster.status().phase()).as(field).isEqualTo(Phase.Failed);
      assertThat(cluster.status().message()).as(field).contains("more", "counted");
    }
  }

  @Test
  void anAdmittedApplicationWhoseDriverAsksForWhatCanNotBeCountedHoldsItsPodsAndNoMore() {
    FakeCluster cluster = running(2);
    final ApplicationDemand before = cluster.reported().orElseThrow();

    cluster.driverWrites(
        spec ->
            Specs.withAsks(
                spec,
                Specs.ask(0, 2),
                new Ask(1, 4, 2, "9000000t", "384m", null),
                new Ask(2, 4, 2, "1g", null, Map.of("example.com/fpga", "99999999999999999999"))));

    ApplicationDemand reported = cluster.reported().orElseThrow();
    assertThat(reported.admitted()).isTrue();
    assertThat(reported.driver()).isEqualTo(before.driver());
    assertThat(reported.chargedTo()).isEqualTo(before.chargedTo());
    assertThat(reported.asks()).isEqualTo(before.asks());

    cluster.reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message()).contains("profile 1", "9000000t");
  }
}
