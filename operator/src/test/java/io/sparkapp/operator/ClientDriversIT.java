package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Drivers that the operator did not create, played by tests, on a real API server. */
class ClientDriversIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String CLIENT =
      "spec:\n  placement: Client\n  executor: {instances: 2}\n"
          + "  client: {host: 10.0.0.99, port: 4711, leaseSeconds: 5}\n";

  @RegisterExtension static final OperatorOnApiServer CLUSTER = new OperatorOnApiServer();

  private JobNamespace jobs;

  @BeforeEach
  void takeTheNamespace() {
    jobs = CLUSTER.jobs();
  }

  @Test
  void aDriverThatRenewsItsLeaseLivesAndOneThatDoesNotIsLostByTheServersClock() {
    jobs.createStrictly(CLIENT);
    await().atMost(SOON).until(() -> jobs.names("bad").size() == 2);
    writeLease();
    await().atMost(SOON).until(() -> phase() == Phase.Running);

    // Longer than its lease lasts, renewed in between.
    for (int renewal = 0; renewal < 4; renewal++) {
      renewTwoSecondsLater();
      assertThat(phase()).isEqualTo(Phase.Running);
    }

    // By the driver's clock that would be in five hours.
    await().atMost(SOON).until(() -> phase() == Phase.Failed);
    assertThat(jobs.status("bad").message())
        .contains("was lost: it has been silent for longer than its lease of 5 s");
    assertThat(jobs.status("bad").driver().exitCode()).isEqualTo(17);
    await().atMost(SOON).until(() -> jobs.request("bad-1") == null);
  }

  @Test
  void whatADriverSaysOfItsEndIsTheOutcome() {
    jobs.createStrictly(CLIENT);
    writeLease();
    await().atMost(SOON).until(() -> phase() == Phase.Running);

    CLUSTER
        .admin()
        .resources(io.sparkapp.crds.ExecutorRequest.class)
        .inNamespace(jobs.namespace())
        .withName("bad-1")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"driverEnd\":{\"exitCode\":0,\"message\":\"It is done.\"}}}");

    await().atMost(SOON).until(() -> phase() == Phase.Succeeded);
    assertThat(jobs.status("bad").message()).isEqualTo("It is done.");
  }

  @Test
  void whatContradictsThePlacementIsRefused() {
    Map<String, String> refusals =
        Map.of(
            "spec:\n  placement: Client\n  main: {python: \"local:///a.py\"}\n",
            "spec.main is what the driver's pod runs",
            "spec: {placement: Cluster}\n",
            "spec.main is what the driver's pod runs",
            JobNamespace.MAIN + "  client: {host: h, port: 1}\n",
            "spec.client is for placement Client only",
            "spec: {placement: Client, suspend: true}\n",
            "can not be suspended",
            "spec:\n  placement: Client\n  client: {host: \"a b\", port: 1}\n",
            "spec.client.host is a host name or an IP address",
            "spec:\n  placement: Client\n  client: {host: h, port: 70000}\n",
            "spec.client.port");
    refusals.forEach(
        (spec, words) ->
            assertThatThrownBy(() -> jobs.createStrictly(spec))
                .as(spec)
                .hasMessageContaining(words));
  }

  @Test
  void oneDriverMayJoinAndNoOther() {
    jobs.createStrictly("spec: {placement: Client}\n");
    await().atMost(SOON).until(() -> phase() == Phase.Waiting);
    writeLease();

    patch("{\"spec\":{\"client\":{\"host\":\"10.0.0.99\",\"port\":4711}}}");

    await().atMost(SOON).until(() -> phase() == Phase.Running);
    assertThatThrownBy(
            () -> patch("{\"spec\":{\"client\":{\"host\":\"10.0.0.98\",\"port\":4711}}}"))
        .hasMessageContaining("spec.client can not be changed");
  }

  private void renewTwoSecondsLater() {
    await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
    CLUSTER
        .admin()
        .leases()
        .inNamespace(jobs.namespace())
        .withName("bad-1")
        .edit(
            lease ->
                new LeaseBuilder(lease)
                    .editSpec()
                    // Whoever believes this clock would never miss the driver.
                    .withRenewTime(ZonedDateTime.now().plusHours(5))
                    .endSpec()
                    .build());
  }

  private void writeLease() {
    SparkApp app = jobs.app("bad");
    CLUSTER
        .admin()
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withName("bad-1")
                .withNamespace(jobs.namespace())
                .addToLabels("app.kubernetes.io/managed-by", "sparkapp-operator")
                .addToLabels("sparkapp.io/app", "bad")
                .addNewOwnerReference()
                .withApiVersion(app.getApiVersion())
                .withKind("SparkApp")
                .withName("bad")
                .withUid(app.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withRenewTime(ZonedDateTime.now().plusHours(5))
                .endSpec()
                .build())
        .create();
  }

  private Phase phase() {
    return jobs.status("bad").phase();
  }

  private void patch(String change) {
    CLUSTER
        .admin()
        .resources(SparkApp.class)
        .inNamespace(jobs.namespace())
        .withName("bad")
        .patch(PatchContext.of(PatchType.JSON_MERGE), change);
  }
}
