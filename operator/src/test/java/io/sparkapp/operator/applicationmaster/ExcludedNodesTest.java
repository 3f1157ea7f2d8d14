package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where executors may run: not where they or Spark's tasks fail, rather where the data is. */
class ExcludedNodesTest {

  private static final String MAIN =
      "main: {jar: \"local:///opt/app.jar\", class: com.acme.Main}\n";
  private static final String SPEC =
      MAIN + "executor: {instances: 1}\nlimits: {executorFailures: 100}\n";

  @Test
  void aNodeOnWhichTooManyExecutorsFailedGetsNoMoreForAnHour() {
    FakeCluster cluster = failingOn("bad", 3, SPEC, "good");

    assertThat(without(cluster, 4)).containsExactly("bad");
    assertThat(cluster.said())
        .contains(
            "NodeExcluded: 3 executors failed on node bad, and limits.executorFailuresPerNode is 2:"
                + " other nodes get the next ones for 1h.");

    cluster.timePasses(Duration.ofHours(1)).executorRunsOn(4, "good");
    cluster.executorEnds(4, 1, "Error").reconcile();
    assertThat(affinity(cluster, 5)).isNull();
  }

  @Test
  void twoFailuresAreNotTooManyUnlessTheUserSaysSo() {
    assertThat(affinity(failingOn("bad", 2, SPEC, "good"), 3)).isNull();

    String strict = SPEC.replace("100", "100, executorFailuresPerNode: 1");
    assertThat(without(failingOn("bad", 2, strict, "good"), 3)).containsExactly("bad");
  }

  @Test
  void aNodeIsOnlyAvoidedAsLongAsNobodyKnowsOfAnother() {
    FakeCluster cluster = failingOn("only", 3, SPEC, "only");

    assertThat(affinity(cluster, 4).getRequiredDuringSchedulingIgnoredDuringExecution()).isNull();
    assertThat(affinity(cluster, 4).getPreferredDuringSchedulingIgnoredDuringExecution())
        .singleElement()
        .satisfies(
            wish -> {
              assertThat(wish.getWeight()).isEqualTo(100);
              assertThat(names(wish.getPreference())).containsExactly("only");
            });
  }

  @Test
  void executorsThatWereKilledOrTookTooMuchMemoryAreNoSignOfABadNode() {
    FakeCluster cluster = started(SPEC).driverRunsOn("good").reconcile();
    int id = 1;
    for (String reason : List.of("OOMKilled", "Error", "OOMKilled", "Error")) {
      cluster.executorRunsOn(id, "node").executorEnds(id++, 137, reason).reconcile();
    }

    assertThat(cluster.status().executors().failed()).isEqualTo(4);
    assertThat(affinity(cluster, 5)).isNull();
  }

  @Test
  void whatSparkExcludesIsLeftOutInEveryAlternativeOfTheUsersOwn() {
    FakeCluster cluster =
        started(
                MAIN
                    + """
                    executor:
                      instances: 1
                      template:
                        spec:
                          affinity:
                            nodeAffinity:
                              requiredDuringSchedulingIgnoredDuringExecution:
                                nodeSelectorTerms:
                                - matchExpressions: [{key: disk, operator: In, values: [fast]}]
                                - matchExpressions: [{key: zone, operator: In, values: [a]}]
                    """)
            .driverRuns()
            .executorsRun()
            .reconcile();

    cluster
        .driverWrites(spec -> Specs.excluding(Specs.withAsks(spec, Specs.ask(0, 2)), "n1", "n2"))
        .reconcile();

    List<NodeSelectorTerm> terms =
        affinity(cluster, 2)
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .getNodeSelectorTerms();
    assertThat(terms).hasSize(2);
    assertThat(terms)
        .allSatisfy(
            term -> {
              assertThat(term.getMatchExpressions()).hasSize(1);
              assertThat(names(term)).containsExactly("n1", "n2");
              assertThat(term.getMatchFields())
                  .allSatisfy(each -> assertThat(each.getValues()).hasSize(1));
            });
  }

  @Test
  void executorsThatNoNodeTakesSayWhichAreLeftOut() {
    FakeCluster cluster = started(SPEC).driverRuns().reconcile();
    cluster
        .driverWrites(spec -> Specs.excluding(spec, "n1"))
        .podIsUnschedulable("flights-1-exec-1", "0/1 nodes are available: 1 didn't match.")
        .reconcile();

    assertThat(cluster.status().message())
        .isEqualTo(
            "The driver runs and waits for executor 1: no node takes it: 0/1 nodes are available: 1"
                + " didn't match; left out because tasks or executors failed there: n1.");
  }

  @Test
  void executorsAreDrawnToTheNodesThatHoldTheData() {
    FakeCluster cluster = started(SPEC).driverRuns().executorsRun().reconcile();

    cluster
        .driverWrites(
            spec ->
                Specs.preferring(
                    Specs.withAsks(spec, Specs.ask(0, 2)), Map.of("n1", 30, "n2", 10, "n3", 0)))
        .reconcile();

    assertThat(affinity(cluster, 2).getPreferredDuringSchedulingIgnoredDuringExecution())
        .extracting(
            wish -> wish.getWeight(),
            wish -> wish.getPreference().getMatchExpressions().get(0).getValues().get(0))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(100, "n1"),
            org.assertj.core.groups.Tuple.tuple(33, "n2"));
  }

  @Test
  void failuresThatAreOlderThanTheirValidityDoNotEndTheApplication() {
    String spec =
        MAIN
            + "executor: {instances: 1}\n"
            + "limits: {executorFailures: 3, executorFailuresValidity: 10m}\n";
    FakeCluster cluster = started(spec).driverRuns().reconcile();
    for (int id = 1; id <= 5; id++) {
      cluster.executorRuns(id).executorEnds(id, 137, "Error").reconcile();
      cluster.timePasses(Duration.ofMinutes(6)).reconcile();
    }
    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
    assertThat(cluster.status().executors().failed()).isEqualTo(5);

    cluster.executorRuns(6).executorEnds(6, 137, "Error").reconcile();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
    cluster.executorRuns(7).executorEnds(7, 137, "Error").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message()).startsWith("3 executors failed, and 3 are too many.");
    assertThat(cluster.status().driver().exitCode()).isEqualTo(11);
  }

  @Test
  void anExecutorTellsItsDriverWhichNodeItIsOn() {
    FakeCluster cluster = started(SPEC);

    assertThat(
            Serialization.asJson(
                cluster.pod("flights-1-exec-1").getSpec().getContainers().get(0).getEnv()))
        .containsPattern("SPARK_EXECUTOR_ATTRIBUTE_NODE_NAME.*spec\\.nodeName");
  }

  /** {@code failures} executors have failed on a node, one after the other. */
  private static FakeCluster failingOn(String node, int failures, String spec, String driversNode) {
    FakeCluster cluster = started(spec).driverRunsOn(driversNode).reconcile();
    for (int id = 1; id <= failures; id++) {
      cluster.executorRunsOn(id, node).executorEnds(id, 1, "Error").reconcile();
    }
    return cluster;
  }

  private static FakeCluster started(String spec) {
    return new FakeCluster(Apps.of(spec)).reconcile();
  }

  private static NodeAffinity affinity(FakeCluster cluster, int executor) {
    var affinity = cluster.pod("flights-1-exec-" + executor).getSpec().getAffinity();
    return affinity == null ? null : affinity.getNodeAffinity();
  }

  private static List<String> without(FakeCluster cluster, int executor) {
    return names(
        affinity(cluster, executor)
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .getNodeSelectorTerms()
            .get(0));
  }

  private static List<String> names(NodeSelectorTerm term) {
    return term.getMatchFields().stream()
        .filter(each -> "NotIn".equals(each.getOperator()))
        .map(NodeSelectorRequirement::getValues)
        .flatMap(List::stream)
        .toList();
  }
}
