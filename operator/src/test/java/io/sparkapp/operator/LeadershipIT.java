package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two operators against a real API server. */
class LeadershipIT {

  private static final Duration LEASE = Duration.ofSeconds(60);

  @TempDir static Path state;

  private static ApiServer server;
  private static KubernetesClient client;

  @BeforeAll
  static void startApiServer() throws Exception {
    server = ApiServer.start(state);
    client = server.admin();
  }

  @AfterAll
  static void stopApiServer() {
    server.close();
  }

  @Test
  void theSecondTakesOverAtOnceWhenTheLeaderIsToldToStop() throws Exception {
    namespace("leaders");
    AtomicBoolean lost = new AtomicBoolean();
    SparkAppOperator one = start("leaders", "one", lost, "");
    await().atMost(LEASE).until(() -> holder("leaders").equals("one"));
    try (SparkAppOperator two = start("leaders", "two", lost, "")) {
      create("leaders", "before");
      await().atMost(LEASE).until(() -> phase("leaders", "before") == Phase.Starting);

      long stopped = System.nanoTime();
      one.close();
      await().atMost(LEASE.dividedBy(2)).until(() -> holder("leaders").equals("two"));
      create("leaders", "after");
      await().atMost(LEASE).until(() -> phase("leaders", "after") == Phase.Starting);

      assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(LEASE);
      assertThat(two.port()).isPositive();
      assertThat(lost).isFalse();
    }
  }

  @Test
  void aLeaderWhoseLeaseIsTakenIsTold() throws Exception {
    namespace("thieves");
    AtomicBoolean lost = new AtomicBoolean();
    try (SparkAppOperator one = start("thieves", "one", lost, "")) {
      await().atMost(LEASE).until(() -> holder("thieves").equals("one"));

      // The leader renews it at the same time: after a conflict it is tried again.
      await().until(LeadershipIT::stealTheLease);

      await().atMost(LEASE).untilTrue(lost);
      assertThat(one.port()).isPositive();
    }
    assertThat(holder("thieves")).isEqualTo("thief");
  }

  @Test
  void anApplicationWhereTheOperatorDoesNotServeIsToldWhileOthersGoOn() throws Exception {
    namespace("served");
    namespace("unserved");
    try (SparkAppOperator operator = start("served", "one", new AtomicBoolean(), "served")) {
      create("unserved", "flights");
      create("served", "flights");

      await().atMost(LEASE).until(() -> phase("served", "flights") == Phase.Starting);
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> phase("unserved", "flights") == Phase.Waiting);
      assertThat(operator.port()).isPositive();
      assertThat(app("unserved", "flights").getStatus().message())
          .startsWith("The operator does not serve namespace unserved:");
      assertThat(client.pods().inNamespace("unserved").list().getItems()).isEmpty();
    }
  }

  private static SparkAppOperator start(
      String namespace, String identity, AtomicBoolean lost, String jobNamespaces)
      throws Exception {
    return election(namespace).candidate(client, identity, jobNamespaces, () -> lost.set(true));
  }

  private static Election election(String namespace) {
    return new Election(namespace, LEASE, Duration.ofSeconds(10), Duration.ofSeconds(1));
  }

  private static boolean stealTheLease() {
    return client
            .leases()
            .inNamespace("thieves")
            .withName("sparkapp-operator")
            .edit(
                lease -> {
                  lease.getSpec().setHolderIdentity("thief");
                  return lease;
                })
        != null;
  }

  private static void namespace(String name) {
    apply(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build());
    // The service account controller's part.
    apply(
        new ServiceAccountBuilder()
            .withNewMetadata()
            .withName("default")
            .withNamespace(name)
            .endMetadata()
            .build());
  }

  private static void apply(HasMetadata object) {
    client.resource(object).create();
  }

  private static void create(String namespace, String name) {
    SparkApp app = new SparkApp();
    app.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    app.setSpec(
        Serialization.unmarshal(
            """
            main: {jar: "local:///opt/app.jar", class: com.acme.Main}
            executor: {instances: 1}
            """,
            SparkAppSpec.class));
    client.resource(app).create();
  }

  private static Phase phase(String namespace, String name) {
    SparkApp app = app(namespace, name);
    return app.getStatus() == null ? null : app.getStatus().phase();
  }

  private static SparkApp app(String namespace, String name) {
    return client.resources(SparkApp.class).inNamespace(namespace).withName(name).get();
  }

  private static String holder(String namespace) {
    return election(namespace).holder(client);
  }
}
