package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The chart's life on a cluster: installed, tested, upgraded, narrowed, and gone again. */
@OnK3s
@Isolated("it changes the release")
class ChartE2E {

  /** What is owned by something that is gone goes within this time. */
  private static final Duration COLLECTED = Duration.ofMinutes(3);

  private static final List<String> CRDS =
      List.of(
          "executorrequests.sparkapp.io",
          "scheduledsparkapps.sparkapp.io",
          "sparkapps.sparkapp.io",
          "sparkqueues.sparkapp.io");

  /** The CRDs, and the namespace with what Kubernetes itself puts into each. */
  private static final Set<String> MAY_STAY =
      Set.of(
          "CustomResourceDefinition executorrequests.sparkapp.io",
          "CustomResourceDefinition scheduledsparkapps.sparkapp.io",
          "CustomResourceDefinition sparkapps.sparkapp.io",
          "CustomResourceDefinition sparkqueues.sparkapp.io",
          "APIService v1alpha1.sparkapp.io",
          "Namespace sparkapp-system",
          "ServiceAccount sparkapp-system/default",
          "ConfigMap sparkapp-system/kube-root-ca.crt");

  @BeforeEach
  void install(Cluster cluster) {
    cluster.chart().ensureInstalled();
  }

  @Test
  void itsOwnTestRunsAnApplicationAndClearsUp(Cluster cluster) {
    cluster.chart().test(Chart.RELEASE, Chart.NAMESPACE);

    await()
        .atMost(COLLECTED)
        .untilAsserted(
            () ->
                assertThat(Inventory.of(cluster.client()))
                    .noneMatch(object -> object.contains("installation-check"))
                    .noneMatch(object -> object.endsWith("sparkapp-operator-test")));
  }

  @Test
  void anUpgradeDoesNotDisturbARunningApplication(Cluster cluster, Applications applications) {
    try (PodHistory pods = PodHistory.of(applications)) {
      Application app =
          applications.apply(Manifest.running("steady", "SlowCount", 2, "240", "500"));
      app.awaitTasks();
      Set<String> before = operators(cluster.client());

      cluster
          .chart()
          .upgrade(Chart.RELEASE, Chart.NAMESPACE, Map.of("podLabels", Map.of("round", "two")));

      SparkAppStatus during = app.status();
      assertThat(Application.isTerminal(during)).as(during.message()).isFalse();
      // Helm waits until enough are ready, not until the others are gone.
      await()
          .atMost(COLLECTED)
          .untilAsserted(
              () ->
                  assertThat(operators(cluster.client()))
                      .hasSize(2)
                      .doesNotContainAnyElementsOf(before));
      SparkAppStatus end = app.awaitSuccess();
      assertThat(end.attempt()).isEqualTo(1);
      assertThat(app.driverLog()).contains("count: 240");
      assertThat(pods.uids())
          .containsOnlyKeys("steady-1-driver", "steady-1-exec-1", "steady-1-exec-2");
      assertThat(pods.uids().values()).allSatisfy(uids -> assertThat(uids).hasSize(1));
    }
  }

  @Test
  void aSecondReleaseForAllNamespacesIsRefused(Cluster cluster) {
    assertThatThrownBy(() -> cluster.chart().install("second", "elsewhere", Map.of()))
        .hasMessageContaining(
            "Release sparkapp in namespace sparkapp-system serves all namespaces already");
    assertThat(cluster.client().apps().deployments().inNamespace("elsewhere").list().getItems())
        .isEmpty();
  }

  @Test
  void valuesThatMakeNoSenseAreRefusedByName(Cluster cluster) {
    Map<Map<String, Object>, String> refused =
        Map.of(
            Map.of("replica", 3), "replica",
            Map.of("replicas", "many"), "replicas",
            Map.of("leaderElection", Map.of("enabled", false)), "leaderElection.enabled",
            Map.of("jobNamespaces", List.of("nowhere")), "kubectl create namespace nowhere");

    refused.forEach(
        (values, word) ->
            assertThatThrownBy(
                    () -> cluster.chart().upgrade(Chart.RELEASE, Chart.NAMESPACE, values))
                .as(values.toString())
                .hasMessageContaining(word));
    await()
        .atMost(COLLECTED)
        .untilAsserted(() -> assertThat(operators(cluster.client())).hasSize(2));
  }

  @Test
  void onlyTheNamespacesOfTheListAreServed(Cluster cluster, Applications applications) {
    try (Applications unserved =
        Applications.in(cluster.client(), applications.namespace() + "-not")) {
      cluster
          .chart()
          .upgrade(
              Chart.RELEASE,
              Chart.NAMESPACE,
              Map.of("jobNamespaces", List.of(applications.namespace())));

      Application ignored = unserved.apply(Manifest.running("ignored", "Pi", 1, "2"));
      Application served = applications.apply(Manifest.running("served", "Pi", 1, "2"));

      served.awaitSuccess();
      SparkAppStatus said =
          ignored.awaitStatus("is told that nobody serves it", status -> refusal(status) != null);
      assertThat(refusal(said)).contains(unserved.namespace());
      assertThat(ignored.driver()).isEmpty();

      // What was waiting is taken up as soon as its namespace is served.
      cluster.chart().ensureInstalled();
      ignored.awaitSuccess();
    }
  }

  @Test
  void uninstallingLeavesNothingBehindButCrdsAndApplications(
      Cluster cluster, Applications applications) {
    KubernetesClient client = cluster.client();
    cluster.chart().uninstall(Chart.RELEASE, Chart.NAMESPACE);
    awaitNoOperators(client);
    await().atMost(COLLECTED).untilAsserted(() -> assertThat(ours(client)).isEmpty());
    Set<String> before = Inventory.of(client);
    cluster.chart().ensureInstalled();
    Application app = applications.apply(Manifest.running("last", "Pi", 1, "2"));
    app.awaitSuccess();
    assertThat(Inventory.of(client))
        .contains("ServiceAccount " + applications.namespace() + "/sparkapp-driver")
        .contains("Lease sparkapp-system/sparkapp-operator");

    cluster.chart().uninstall(Chart.RELEASE, Chart.NAMESPACE);

    assertThat(app.status().message()).isEqualTo("The application succeeded.");
    assertThat(crds(client)).containsExactlyElementsOf(CRDS);
    client.resources(SparkApp.class).inNamespace(applications.namespace()).delete();
    await()
        .atMost(COLLECTED)
        .untilAsserted(
            () -> {
              Set<String> left = new TreeSet<>(Inventory.of(client));
              left.removeAll(before);
              assertThat(left).isEmpty();
            });
  }

  @Test
  void crdsGoTooWhenTheyAreNotToBeKept(Cluster cluster) {
    cluster.chart().upgrade(Chart.RELEASE, Chart.NAMESPACE, Map.of("crds", Map.of("keep", false)));

    cluster.chart().uninstall(Chart.RELEASE, Chart.NAMESPACE);

    await().atMost(COLLECTED).untilAsserted(() -> assertThat(crds(cluster.client())).isEmpty());
  }

  private static String refusal(SparkAppStatus status) {
    return status.conditions() == null
        ? null
        : status.conditions().stream()
            .filter(condition -> "NamespaceNotServed".equals(condition.getReason()))
            .map(condition -> condition.getMessage())
            .findFirst()
            .orElse(null);
  }

  private static Set<String> operators(KubernetesClient client) {
    Set<String> names = new TreeSet<>();
    client
        .pods()
        .inNamespace(Chart.NAMESPACE)
        .withLabel("app.kubernetes.io/component", "operator")
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .forEach(pod -> names.add(pod.getMetadata().getName()));
    return names;
  }

  /** What is named after the product, but for what an uninstalled release may leave. */
  private static List<String> ours(KubernetesClient client) {
    return Inventory.of(client).stream()
        .filter(object -> object.contains("sparkapp"))
        .filter(object -> !MAY_STAY.contains(object))
        .toList();
  }

  private static void awaitNoOperators(KubernetesClient client) {
    await()
        .atMost(COLLECTED)
        .until(() -> client.pods().inNamespace(Chart.NAMESPACE).list().getItems().isEmpty());
  }

  private static List<String> crds(KubernetesClient client) {
    return client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
        .map(crd -> crd.getMetadata().getName())
        .filter(name -> name.endsWith(".sparkapp.io"))
        .sorted()
        .toList();
  }
}
