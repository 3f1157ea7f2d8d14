package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Queues on a real API server, with the rights of the operator's ClusterRole and no more. */
class QueuesIT {

  @RegisterExtension static final OperatorOnApiServer CLUSTER = new OperatorOnApiServer();

  private static final Duration SOON = Duration.ofSeconds(60);

  /** Two cores for each application: its driver and one executor. */
  private static final String SMALL = "  executor: {instances: 1}\n";

  private JobNamespace jobs;
  private SparkQueues queues;

  @BeforeEach
  void jobs() {
    jobs = CLUSTER.jobs();
    queues = new SparkQueues(CLUSTER.admin());
  }

  @AfterEach
  void clearUp() {
    CLUSTER.admin().resources(SparkApp.class).inNamespace(jobs.namespace()).delete();
    queues.deleteAll();
  }

  private Phase phase(String app) {
    return jobs.status(app).phase();
  }

  private void awaitPhase(String app, Phase phase) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(phase(app)).as("phase of %s", app).isEqualTo(phase));
  }

  private void driverRuns(String app) {
    jobs.runs(app + "-1-driver", "driver", "10.0.0.9");
    awaitPhase(app, Phase.Running);
  }

  private void driverEnds(String app) {
    jobs.ends(app + "-1-driver", "driver", 0, "Completed");
    awaitPhase(app, Phase.Succeeded);
  }

  private List<String> inPhase(Phase phase) {
    return CLUSTER
        .admin()
        .resources(SparkApp.class)
        .inNamespace(jobs.namespace())
        .list()
        .getItems()
        .stream()
        .filter(app -> app.getStatus() != null && app.getStatus().phase() == phase)
        .map(app -> app.getMetadata().getName())
        .sorted()
        .toList();
  }

  private static boolean hasNotEnded(Pod pod) {
    return pod.getStatus() == null
        || !"Succeeded".equals(pod.getStatus().getPhase())
            && !"Failed".equals(pod.getStatus().getPhase());
  }

  @Test
  void tenApplicationsOnAClusterThatFitsThreeRunThreeAtATime() {
    queues.write("root", "{max: {cpu: 6}}");
    IntStream.range(0, 10).forEach(each -> jobs.createWith("flights-" + each, SMALL));
    AtomicInteger most = new AtomicInteger();
    await().atMost(SOON).until(() -> inPhase(Phase.Waiting).size() == 7);
    String waited = inPhase(Phase.Waiting).get(0);

    await()
        .atMost(Duration.ofSeconds(120))
        .until(
            () -> {
              List<Pod> drivers =
                  CLUSTER
                      .admin()
                      .pods()
                      .inNamespace(jobs.namespace())
                      .withLabel("sparkapp.io/role", "driver")
                      .list()
                      .getItems()
                      .stream()
                      .filter(QueuesIT::hasNotEnded)
                      .toList();
              most.accumulateAndGet(drivers.size(), Math::max);
              // When all three are there one of them ends.
              if (drivers.size() == 3 || inPhase(Phase.Waiting).isEmpty()) {
                drivers.stream()
                    .limit(1)
                    .forEach(
                        pod -> jobs.ends(pod.getMetadata().getName(), "driver", 0, "Completed"));
              }
              return inPhase(Phase.Succeeded).size() == 10;
            });

    assertThat(most).hasValue(3);
    assertThat(jobs.events(waited)).contains("Admitted", "Started", "Succeeded");
  }

  @Test
  void whoWaitsKnowsItsPlaceAndWhy() {
    queues.write("root", "{max: {cpu: 2}}");
    jobs.createWith("first", SMALL);
    awaitPhase("first", Phase.Starting);
    jobs.createWith("second", SMALL);
    awaitPhase("second", Phase.Waiting);
    jobs.createWith("third", SMALL);
    awaitPhase("third", Phase.Waiting);

    assertThat(jobs.status("second").place()).isEqualTo(1);
    assertThat(jobs.status("third").place()).isEqualTo(2);
    assertThat(jobs.status("third").queue()).isEqualTo("default");
    assertThat(jobs.status("third").message()).contains("in line of");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(queues.status("root").summary().cpu()).isEqualTo("2/2");
              assertThat(queues.status("root").share()).isEqualTo("100%");
              assertThat(queues.status("root").running()).isEqualTo(1);
              assertThat(queues.status("root").waiting()).isEqualTo(2);
            });

    CLUSTER.admin().resource(jobs.app("first")).delete();

    awaitPhase("second", Phase.Starting);
    await().atMost(SOON).until(() -> Integer.valueOf(1).equals(jobs.status("third").place()));
  }

  @Test
  void oneThatCouldNeverFitFailsAtOnceAndSaysByHowMuch() {
    queues.write("root", "{max: {cpu: 4}}");

    jobs.createWith("huge", "  executor: {instances: 9}\n");

    awaitPhase("huge", Phase.Failed);
    assertThat(jobs.status("huge").message()).contains("10 cores").contains("6 cores too");
    assertThat(jobs.events("huge")).contains("QueueRefused", "Failed");
    assertThat(jobs.pods("huge")).isEmpty();
  }

  @Test
  void aQueueAtFaultSaysWhyAndWhatWasInForceStaysInForce() {
    queues.write("root", "{max: {cpu: 6}}");
    queues.write("etl", "{max: {cpu: 4}}");
    jobs.createWith("flights", "  queue: etl\n" + SMALL);
    awaitPhase("flights", Phase.Starting);
    assertThat(queues.ready("etl").orElseThrow().getStatus()).isEqualTo("True");

    queues.write("etl", "{parent: nowhere, max: {cpu: 4}}");

    Condition fault = queues.ready("etl").orElseThrow();
    assertThat(fault.getStatus()).isEqualTo("False");
    assertThat(fault.getReason()).isEqualTo("Invalid");
    assertThat(fault.getMessage()).contains("nowhere");
    assertThat(queues.status("etl").inForce().parent()).isNull();
    assertThat(queues.status("etl").message()).contains("stays in force");
    jobs.createWith("trains", "  queue: etl\n" + SMALL);
    awaitPhase("trains", Phase.Starting);
    jobs.createWith("ships", "  queue: etl\n" + SMALL);
    awaitPhase("ships", Phase.Waiting);

    queues.write("etl", "{max: {cpu: 6}}");

    awaitPhase("ships", Phase.Starting);
    assertThat(queues.ready("etl").orElseThrow().getStatus()).isEqualTo("True");
    assertThat(queues.status("etl").inForce()).isNull();
  }

  @Test
  void aQueueThatIsDeletedStaysUntilItsLastApplicationIsOver() {
    queues.write("etl", "{max: {cpu: 4}}");
    jobs.createWith("flights", "  queue: etl\n" + SMALL);
    awaitPhase("flights", Phase.Starting);

    CLUSTER.admin().resource(queues.get("etl")).delete();

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(queues.ready("etl").orElseThrow().getReason()).isEqualTo("Deleting"));
    jobs.createWith("trains", "  queue: etl\n" + SMALL);
    awaitPhase("trains", Phase.Waiting);
    driverRuns("flights");
    driverEnds("flights");
    await().atMost(SOON).until(() -> queues.get("etl") == null);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(jobs.status("trains").message()).contains("etl does not exist"));
  }

  @Test
  void aPatchMovesARunningApplicationWhenTheOtherQueueHasRoom() {
    queues.write("root", "{max: {cpu: 8}}");
    queues.write("etl", "{max: {cpu: 4}}");
    queues.write("adhoc", "{max: {cpu: 1}}");
    jobs.createWith("flights", "  queue: etl\n" + SMALL);
    awaitPhase("flights", Phase.Starting);
    driverRuns("flights");

    moveTo("flights", "adhoc");

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(jobs.status("flights").message())
                    .contains("Stays in queue etl for now"));
    assertThat(jobs.status("flights").queue()).isEqualTo("etl");

    queues.write("adhoc", "{max: {cpu: 4}}");

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(jobs.status("flights").queue()).isEqualTo("adhoc"));
    assertThat(jobs.events("flights")).contains("Moved");
    await().atMost(SOON).until(() -> "2/4".equals(queues.status("adhoc").summary().cpu()));
    await().atMost(SOON).until(() -> "0/4".equals(queues.status("etl").summary().cpu()));
  }

  private void moveTo(String app, String queue) {
    CLUSTER
        .admin()
        .resources(SparkApp.class)
        .inNamespace(jobs.namespace())
        .withName(app)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"queue\":\"" + queue + "\"}}");
  }

  @Test
  void anOperatorThatFollowsAnotherKeepsWhatWasGrantedAndGrantsNothingTwice() throws Exception {
    queues.write("root", "{max: {cpu: 7}}");
    for (String app : List.of("a", "b", "c", "d", "e")) {
      jobs.createWith(app, "  executor: {min: 1, max: 9, instances: 2}\n");
    }
    await().atMost(SOON).until(() -> inPhase(Phase.Waiting).size() == 3);
    await().atMost(SOON).until(() -> inPhase(Phase.Starting).size() == 2);
    List<String> run = inPhase(Phase.Starting);
    List<String> pods = run.stream().flatMap(app -> jobs.uids(app).stream()).toList();
    assertThat(granted()).isEqualTo(4);

    CLUSTER.stop();
    CLUSTER.start();
    run.forEach(this::driverRuns);

    assertThat(granted()).isEqualTo(4);
    assertThat(inPhase(Phase.Waiting)).hasSize(3);
    assertThat(run.stream().flatMap(app -> jobs.uids(app).stream()).toList()).isEqualTo(pods);

    driverEnds(run.get(0));

    await().atMost(SOON).until(() -> inPhase(Phase.Waiting).size() == 2);
    // Two drivers, and what is left of seven cores.
    assertThat(granted()).isLessThanOrEqualTo(5);
  }

  /** Executors granted to all that have a request and have not ended: then it is about to go. */
  private int granted() {
    List<String> over = inPhase(Phase.Succeeded);
    return CLUSTER
        .admin()
        .resources(ExecutorRequest.class)
        .inNamespace(jobs.namespace())
        .list()
        .getItems()
        .stream()
        .filter(request -> !over.contains(request.getMetadata().getLabels().get("sparkapp.io/app")))
        .flatMap(request -> request.answered().granted().stream())
        .mapToInt(Grant::total)
        .sum();
  }

  @Test
  void aPriorityClassPutsItBeforeTheOthers() {
    CLUSTER
        .admin()
        .resource(
            new PriorityClassBuilder()
                .withNewMetadata()
                .withName("urgent")
                .endMetadata()
                .withValue(1000)
                .build())
        .createOr(existing -> existing.update());
    queues.write("root", "{max: {cpu: 2}}");
    jobs.createWith("first", SMALL);
    awaitPhase("first", Phase.Starting);
    jobs.createWith("usual", SMALL);
    awaitPhase("usual", Phase.Waiting);

    jobs.createWith("hurried", "  priorityClassName: urgent\n" + SMALL);

    awaitPhase("hurried", Phase.Waiting);
    assertThat(jobs.status("hurried").place()).isEqualTo(1);
    await().atMost(SOON).until(() -> Integer.valueOf(2).equals(jobs.status("usual").place()));
    driverRuns("first");
    driverEnds("first");
    awaitPhase("hurried", Phase.Starting);
    assertThat(phase("usual")).isEqualTo(Phase.Waiting);
    assertThat(jobs.pod("hurried-1-driver").getSpec().getPriority()).isEqualTo(1000);
  }

  @Test
  void anOperatorThatMayReadNeitherNodesNorNamespacesWorksWithoutTheirLimits() throws Exception {
    CLUSTER.stop();
    try (KubernetesClient narrow = CLUSTER.clientWithout("nodes", "namespaces", "priorityclasses");
        SparkAppOperator operator = ApiServer.operator(narrow)) {
      queues.write("root", "{max: {cpu: 2}}");
      jobs.createWith("first", SMALL);
      awaitPhase("first", Phase.Starting);
      jobs.createWith("second", SMALL);
      awaitPhase("second", Phase.Waiting);
      assertThat(operator.port()).isPositive();
    }
    CLUSTER.start();
  }

  @Test
  void theApiServerRefusesQueuesThatCanNotBeMeant() {
    assertThatThrownBy(() -> queues.write("root", "{parent: etl}"))
        .hasMessageContaining("the queue root stands for the cluster");
    assertThatThrownBy(() -> queues.write("etl", "{parent: etl}"))
        .hasMessageContaining("a queue can not be its own parent");
    assertThatThrownBy(() -> queues.write("etl", "{max: {cores: 3}}"))
        .hasMessageContaining("resources are cpu, memory, or extended ones");
    assertThatThrownBy(() -> queues.write("etl", "{max: {cpu: three}}"))
        .hasMessageContaining("amounts are written as Kubernetes does");
  }

  @Test
  void wholeAmountsNeedNoQuotesAsInAPodsRequests() {
    GenericKubernetesResource written =
        Serialization.unmarshal(
            "apiVersion: sparkapp.io/v1alpha1\nkind: SparkQueue\nmetadata: {name: whole}\n"
                + "spec: {max: {cpu: 3, memory: 4Gi, example.com/gpu: 1}}\n",
            GenericKubernetesResource.class);
    CLUSTER.admin().resource(written).create();

    await().atMost(SOON).until(() -> queues.ready("whole").isPresent());
    assertThat(queues.get("whole").getSpec().max())
        .isEqualTo(Map.of("cpu", "3", "memory", "4Gi", "example.com/gpu", "1"));
    assertThat(queues.status("whole").capacity()).containsEntry("cpu", "3");
  }
}
