package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What pods say to YuniKorn, Volcano and Kueue. */
class BatchSchedulingTest {

  private static final String MAIN =
      """
      main: {jar: "local:///opt/app.jar", class: com.acme.Main}
      driver: {memory: 1g}
      """;

  /** Three of the four that it starts with are of the gang. */
  private static final String EXECUTORS = "executor: {min: 3, max: 9, instances: 4, memory: 1g}\n";

  @Test
  void withoutAnotherSchedulerPodsSayNothing() {
    Pod driver = started(MAIN).pod("flights-1-driver");

    assertThat(driver.getSpec().getSchedulerName()).isNull();
    assertThat(driver.getMetadata().getAnnotations()).doesNotContainKey(BatchScheduling.GANG);
  }

  @Test
  void aTemplateMayNameAScheduler() {
    FakeCluster cluster =
        started(
            MAIN.replace("memory: 1g", "template: {spec: {schedulerName: packer}}")
                + "executor: {instances: 1, template: {spec: {schedulerName: packer}}}\n");

    assertThat(cluster.pod("flights-1-driver").getSpec().getSchedulerName()).isEqualTo("packer");
    assertThat(cluster.pod("flights-1-exec-1").getSpec().getSchedulerName()).isEqualTo("packer");
  }

  @Test
  void yuniKornLearnsTheApplicationTheQueueAndTheTaskGroupsThatThePodsThemselvesAre()
      throws JsonProcessingException {
    FakeCluster cluster =
        started(
            MAIN
                + """
                batchScheduler: {kind: YuniKorn, queue: root.sandbox}
                executor:
                  instances: 2
                  cores: 2
                  memory: 1g
                  template: {spec: {nodeSelector: {disk: ssd}, tolerations: [{key: spot}]}}
                """);

    Pod driver = cluster.pod("flights-1-driver");
    Pod executor = cluster.pod("flights-1-exec-2");
    for (Pod pod : List.of(driver, executor)) {
      assertThat(pod.getSpec().getSchedulerName()).isEqualTo("yunikorn");
      assertThat(pod.getMetadata().getLabels())
          .containsEntry("applicationId", "flights-1-uid-1")
          .containsEntry("queue", "root.sandbox");
    }
    assertThat(annotation(driver, "yunikorn.apache.org/task-group-name")).isEqualTo("driver");
    assertThat(annotation(executor, "yunikorn.apache.org/task-group-name")).isEqualTo("executor");
    String groups = annotation(driver, "yunikorn.apache.org/task-groups");
    assertThat(annotation(executor, "yunikorn.apache.org/task-groups")).isEqualTo(groups);
    JsonNode expected =
        Serialization.unmarshal(
            """
            [{"name": "driver", "minMember": 1, "minResource": {"cpu": "1", "memory": "1408Mi"}},
             {"name": "executor", "minMember": 2, "minResource": {"cpu": "2", "memory": "1408Mi"},
              "nodeSelector": {"disk": "ssd"}, "tolerations": [{"key": "spot"}]}]
            """,
            JsonNode.class);
    assertThat(new ObjectMapper().readTree(groups)).isEqualTo(expected);
  }

  @Test
  void volcanoGetsAPodGroupOfTheGangAndItsQueue() {
    FakeCluster cluster =
        started(
            MAIN
                + EXECUTORS
                + "batchScheduler: {kind: Volcano, queue: etl}\npriorityClassName: nightly\n");

    assertThat(cluster.podGroups())
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.getApiVersion()).isEqualTo("scheduling.volcano.sh/v1beta1");
              assertThat(group.getKind()).isEqualTo("PodGroup");
              assertThat(group.getMetadata().getName()).isEqualTo("flights-1-uid-1");
              assertThat(group.getMetadata().getNamespace()).isEqualTo("jobs");
              assertThat(group.getMetadata().getLabels())
                  .isEqualTo(Names.of(Apps.withExecutors(1), 1).labels());
              assertThat(group.getAdditionalProperties().get("spec"))
                  .isEqualTo(
                      Map.of(
                          "minMember",
                          4,
                          "minResources",
                          Map.of("cpu", "4", "memory", "5632Mi"),
                          "queue",
                          "etl",
                          "priorityClassName",
                          "nightly"));
            });
    assertThat(members(cluster, "scheduling.k8s.io/group-name"))
        .containsExactly(
            "flights-1-driver", "flights-1-exec-1", "flights-1-exec-2", "flights-1-exec-3");
    Pod beyond = cluster.pod("flights-1-exec-4");
    assertThat(beyond.getSpec().getSchedulerName()).isEqualTo("volcano");
    assertThat(annotation(beyond, "scheduling.volcano.sh/queue-name")).isEqualTo("etl");
  }

  @Test
  void aPodGroupGoesWithItsAttempt() {
    FakeCluster cluster =
        started(MAIN + EXECUTORS + "batchScheduler: {kind: Volcano}\n")
            .driverRunsOn("node-1")
            .driverEnds(0, "Completed", null)
            .reconcile();

    assertThat(cluster.podGroups()).isEmpty();
  }

  @Test
  void kueueHoldsTheGangBackAsAGroupAndEveryFurtherExecutorByItself() {
    FakeCluster cluster =
        started(MAIN + EXECUTORS + "batchScheduler: {kind: Kueue, queue: users}\n");

    Pod driver = cluster.pod("flights-1-driver");
    assertThat(driver.getSpec().getSchedulerName()).isNull();
    assertThat(driver.getMetadata().getLabels())
        .containsEntry("kueue.x-k8s.io/queue-name", "users")
        .containsEntry("kueue.x-k8s.io/pod-group-name", "flights-1-uid-1");
    assertThat(annotation(driver, "kueue.x-k8s.io/retriable-in-group")).isEqualTo("false");
    assertThat(members(cluster, "kueue.x-k8s.io/pod-group-total-count"))
        .containsExactly(
            "flights-1-driver", "flights-1-exec-1", "flights-1-exec-2", "flights-1-exec-3")
        .allSatisfy(
            name ->
                assertThat(annotation(cluster.pod(name), "kueue.x-k8s.io/pod-group-total-count"))
                    .isEqualTo("4"));
    assertThat(cluster.pod("flights-1-exec-4").getMetadata().getLabels())
        .containsEntry("kueue.x-k8s.io/queue-name", "users")
        .doesNotContainKey("kueue.x-k8s.io/pod-group-name");
  }

  @Test
  void anExecutorThatTakesAnothersPlaceIsNoneOfTheGang() {
    FakeCluster cluster =
        started(MAIN + "executor: {instances: 2}\nbatchScheduler: {kind: Kueue, queue: users}\n")
            .driverRunsOn("node-1")
            .executorsRun()
            .reconcile();
    cluster.executorEnds(1, 137, "Error").reconcile();

    assertThat(cluster.pod("flights-1-exec-3").getMetadata().getLabels())
        .containsEntry("kueue.x-k8s.io/queue-name", "users")
        .doesNotContainKey("kueue.x-k8s.io/pod-group-name");
  }

  @Test
  void oneThatDisappearsBeforeTheGangIsPlacedIsReplacedInTheGang() {
    FakeCluster cluster =
        started(MAIN + "executor: {instances: 2}\nbatchScheduler: {kind: Kueue, queue: users}\n");
    cluster.podVanishes("flights-1-exec-1").reconcile();

    assertThat(members(cluster, "kueue.x-k8s.io/pod-group-total-count"))
        .containsExactly("flights-1-driver", "flights-1-exec-2", "flights-1-exec-3");
  }

  @Test
  void whereNoExecutorIsNeededToStartThereIsNoGang() {
    FakeCluster cluster =
        started(MAIN + "executor: {max: 4, instances: 2}\nbatchScheduler: {kind: Volcano}\n");

    assertThat(cluster.podGroups()).isEmpty();
    assertThat(members(cluster, "scheduling.k8s.io/group-name")).isEmpty();
    assertThat(cluster.pod("flights-1-exec-1").getSpec().getSchedulerName()).isEqualTo("volcano");
  }

  @Test
  void withTheDriverOutsideExecutorsComeOneByOne() {
    FakeCluster cluster =
        new FakeCluster(
                Apps.of(
                    """
                    placement: Client
                    client: {host: 10.0.0.99, port: 4711}
                    executor: {instances: 2}
                    batchScheduler: {kind: YuniKorn, queue: root.sandbox}
                    """))
            .driverRenewsItsLease()
            .reconcile();

    Pod executor = cluster.pod("flights-1-exec-1");
    assertThat(executor.getSpec().getSchedulerName()).isEqualTo("yunikorn");
    assertThat(executor.getMetadata().getLabels()).containsEntry("queue", "root.sandbox");
    assertThat(members(cluster, "yunikorn.apache.org/task-groups")).isEmpty();
  }

  @Test
  void whatATemplateSaysOfItStays() {
    FakeCluster cluster =
        started(
            """
            main: {jar: "local:///opt/app.jar", class: com.acme.Main}
            driver:
              template:
                metadata: {labels: {queue: root.mine}}
                spec: {schedulerName: yunikorn-2}
            executor: {instances: 1}
            batchScheduler: {kind: YuniKorn, queue: root.sandbox}
            """);

    Pod driver = cluster.pod("flights-1-driver");
    assertThat(driver.getSpec().getSchedulerName()).isEqualTo("yunikorn-2");
    assertThat(driver.getMetadata().getLabels()).containsEntry("queue", "root.mine");
  }

  @Test
  void namesFitALabelHoweverLongTheApplicationsNameIs() {
    String longest = "a".repeat(52);
    Pod pod = started(MAIN).pod("flights-1-driver");
    var app = Apps.of(MAIN + "batchScheduler: {kind: YuniKorn}\n");
    app.getMetadata().setName(longest);
    app.getMetadata().setUid("01234567-89ab-cdef-0123-456789abcdef");

    Pod marked =
        BatchScheduling.start(
                new Observed(app, Optional.empty(), Optional.empty(), List.of(), Instant.EPOCH),
                List.of(pod),
                List.of())
            .driver()
            .get(0);

    assertThat(marked.getMetadata().getLabels().get("applicationId"))
        .isEqualTo("a".repeat(40) + "-1-01234567")
        .hasSizeLessThanOrEqualTo(63);
  }

  @Test
  void aPodThatIsHeldBackSaysByWhom() {
    Pod gated =
        Serialization.unmarshal(
            """
            kind: Pod
            apiVersion: v1
            metadata: {name: x}
            spec: {schedulingGates: [{name: kueue.x-k8s.io/admission}]}
            status:
              phase: Pending
              conditions:
              - {type: PodScheduled, status: "False", reason: SchedulingGated, message: blocked}
            """,
            Pod.class);

    assertThat(new PodReading(gated, Names.DRIVER).waiting(Instant.EPOCH).sentence())
        .isEqualTo("it is held back by the scheduling gate kueue.x-k8s.io/admission");
  }

  private static List<String> members(FakeCluster cluster, String annotation) {
    return cluster.podNames().stream()
        .filter(
            name -> {
              Map<String, String> has = cluster.pod(name).getMetadata().getAnnotations();
              return has != null && has.containsKey(annotation);
            })
        .toList();
  }

  private static String annotation(Pod pod, String name) {
    return pod.getMetadata().getAnnotations().get(name);
  }

  private static FakeCluster started(String spec) {
    return new FakeCluster(Apps.of(spec)).reconcile();
  }
}
