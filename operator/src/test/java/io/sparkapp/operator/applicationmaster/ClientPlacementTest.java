package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Applications whose driver is a process of the user's own. */
class ClientPlacementTest {

  private static final String SPEC =
      """
      placement: Client
      client: {host: laptop.lan, ip: 10.0.0.99, port: 4711, process: "alice@laptop, process 42"}
      executor: {instances: 2}
      """;

  @Test
  void waitsForADriverToJoin() {
    FakeCluster cluster = new FakeCluster(Apps.of("placement: Client")).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Waiting);
    assertThat(cluster.status().message())
        .isEqualTo("Waits for its driver: start Spark with master sparkapp://jobs/flights.");
    assertThat(cluster.podNames()).isEmpty();
  }

  @Test
  void itsDriverGetsExecutorsAndNoPod() {
    FakeCluster cluster = new FakeCluster(Apps.of(SPEC)).driverRenewsItsLease().reconcile();

    assertThat(cluster.podNames()).containsExactly("flights-1-exec-1", "flights-1-exec-2");
    assertThat(cluster.request()).isNotNull();
    assertThat(cluster.secretThere()).as("the driver made it, if there is one").isFalse();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
    assertThat(cluster.status().driver().address()).isEqualTo("laptop.lan:4711");
    assertThat(cluster.status().driver().pod()).isNull();
    assertThat(cluster.said())
        .contains("Started: Created 2 executors for the driver at laptop.lan:4711.");
  }

  @Test
  void executorsFindADriverWhoseNameTheClustersDnsDoesNotKnow() {
    Pod executor = executor(SPEC);

    assertThat(executor.getMetadata().getAnnotations())
        .containsEntry("sparkapp.io/driver-address", "laptop.lan:4711");
    assertThat(executor.getSpec().getHostAliases())
        .containsExactly(new HostAlias(List.of("laptop.lan"), "10.0.0.99"));
    assertThat(environment(executor)).containsEntry("SPARKAPP_DRIVER_WAIT", "PT30S");
  }

  @Test
  void executorsAuthenticateIfTheirDriverDoes() {
    assertThat(environment(executor(SPEC)))
        .doesNotContainKey("_SPARK_AUTH_SECRET")
        .containsEntry(
            "SPARKAPP_EXECUTOR_CONF",
            "{\"spark.authenticate\":\"false\",\"spark.network.crypto.enabled\":\"false\"}");
    assertThat(
            environment(
                executor(
                    """
                    placement: Client
                    client:
                      host: 10.0.0.99
                      port: 4711
                      authenticate: true
                      conf: {spark.network.crypto.enabled: "true", spark.network.timeout: 60s}
                    """)))
        .containsKey("_SPARK_AUTH_SECRET")
        .containsEntry(
            "SPARKAPP_EXECUTOR_CONF",
            "{\"spark.authenticate\":\"true\",\"spark.network.crypto.enabled\":\"true\","
                + "\"spark.network.timeout\":\"60s\"}");
  }

  @Test
  void aDriverThatIsSilentForAsLongAsItsLeaseLastsIsLostAndThatIsAFailure() {
    FakeCluster cluster = running();

    cluster.timePasses(Duration.ofSeconds(29)).reconcile();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
    assertThat(cluster.decide().lookAgain()).contains(Duration.ofMillis(1001));
    cluster.timePasses(Duration.ofSeconds(1)).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .isEqualTo(
            "The driver (alice@laptop, process 42) at laptop.lan:4711 was lost: it has been silent"
                + " for longer than its lease of 30 s, since 2026-01-01T00:00:00Z.");
    assertThat(cluster.status().driver().exitCode()).isEqualTo(17);
    assertThat(cluster.podNames()).isEmpty();
    assertThat(cluster.request()).isNull();
  }

  @Test
  void aDriverThatRenewsItsLeaseLives() {
    FakeCluster cluster = running().timePasses(Duration.ofSeconds(20)).driverRenewsItsLease();

    cluster.timePasses(Duration.ofSeconds(29)).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
  }

  @Test
  void aDriverThatDiesInTheQueueIsNotWaitedFor() {
    FakeCluster cluster = new FakeCluster(Apps.of(SPEC));

    cluster.timePasses(Duration.ofSeconds(30)).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.everCreated()).isEmpty();
  }

  @Test
  void itsDriversLastWordsDecide() {
    FakeCluster succeeded = running();
    succeeded.driverWrites(spec -> Specs.withEnd(spec, 0, "The application succeeded."));
    succeeded.reconcile();

    assertThat(succeeded.status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(succeeded.status().message()).isEqualTo("The application succeeded.");
    assertThat(succeeded.podNames()).isEmpty();

    FakeCluster failed = running();
    failed.driverWrites(spec -> Specs.withEnd(spec, 15, "It threw.")).reconcile();

    assertThat(failed.status().phase()).isEqualTo(Phase.Failed);
    assertThat(failed.status().driver().exitCode()).isEqualTo(15);
  }

  @Test
  void nobodyButItsUserStartsItAgain() {
    FakeCluster cluster =
        new FakeCluster(Apps.of(SPEC + "restart: {policy: Always}\n"))
            .driverRenewsItsLease()
            .reconcile();

    cluster.driverWrites(spec -> Specs.withEnd(spec, 1, "It failed.")).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message()).isEqualTo("It failed.");
  }

  @Test
  void executorsThatCanNotReachItsDriverEndItWithAdviceAtOnce() {
    FakeCluster cluster = running();

    cluster.executorEnds(1, 59, "Error").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .startsWith("Executors can not reach the driver at laptop.lan:4711: set spark.driver.host")
        .endsWith("Executor 1 gave up waiting for its driver.");
  }

  @Test
  void oneExecutorThatCanNotReachADriverThatOthersReachedIsReplaced() {
    FakeCluster cluster = running();
    cluster.driverWrites(
        spec ->
            Specs.withProgress(
                spec,
                Serialization.unmarshal(
                    "tasks: {done: 7, total: 7}\nexecutors: {registered: 0}\n", Progress.class)));

    cluster.executorEnds(1, 59, "Error").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
    assertThat(cluster.everCreated()).contains("flights-1-exec-3");
  }

  @Test
  void aHostNameInCapitalsIsOneThatKubernetesTakes() {
    Pod executor = executor(SPEC.replace("laptop.lan", "LAPTOP-8F2.lan"));

    assertThat(executor.getSpec().getHostAliases().get(0).getHostnames())
        .containsExactly("laptop-8f2.lan");
    assertThat(executor.getMetadata().getAnnotations())
        .containsEntry("sparkapp.io/driver-address", "LAPTOP-8F2.lan:4711");
  }

  @Test
  void anAttemptWhoseRequestSomebodyDeletesIsLost() {
    FakeCluster cluster = running().requestVanishes().reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .isEqualTo(
            "ExecutorRequest flights-1 was deleted while its driver ran; this is no fault of the"
                + " application.");
    assertThat(cluster.podNames()).isEmpty();
  }

  private static FakeCluster running() {
    return new FakeCluster(Apps.of(SPEC))
        .driverRenewsItsLease()
        .reconcile()
        .executorsRun()
        .reconcile();
  }

  private static Pod executor(String spec) {
    FakeCluster cluster = new FakeCluster(Apps.of(spec)).driverRenewsItsLease().reconcile();
    return cluster.pod("flights-1-exec-1");
  }

  private static Map<String, String> environment(Pod pod) {
    return pod.getSpec().getContainers().get(0).getEnv().stream()
        .collect(
            Collectors.toMap(
                EnvVar::getName, each -> each.getValue() == null ? "from" : each.getValue()));
  }
}
