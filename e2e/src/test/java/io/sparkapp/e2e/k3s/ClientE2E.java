package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.e2e.ClientMachine;
import io.sparkapp.e2e.ClientMachine.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers outside of the cluster, of a user who may do what the chart's ClusterRole allows. */
@OnK3s
class ClientE2E {

  private static final String USER = "alice";

  @TempDir private Path directory;

  @BeforeEach
  void install(Cluster cluster) {
    cluster.chart().ensureInstalled();
  }

  @Test
  void aUserWithTheClientsRightsGetsExecutors(Cluster cluster, Applications applications)
      throws Exception {
    Driver driver =
        machine(cluster, applications)
            .submit(
                "sparkapp://" + applications.namespace() + "/pi",
                "--conf",
                "spark.kubernetes.executor.request.cores=100m",
                "--conf",
                "spark.authenticate=true",
                "--conf",
                "spark.authenticate.secret=only for this test",
                "--conf",
                "spark.network.crypto.enabled=true",
                "--class",
                "io.sparkapp.examples.Pi",
                examples(),
                "20");

    assertThat(driver.end()).as(driver.output()).isZero();
    assertThat(driver.output()).contains("Pi is roughly 3.1");
    Application pi = new Application(applications.client(), applications.namespace(), "pi");
    pi.awaitSuccess();
    assertThat(pi.driver()).isEmpty();
    await().atMost(Duration.ofMinutes(3)).until(() -> pi.executors().isEmpty());
  }

  @Test
  void aDriverThatIsKilledTakesItsExecutorsAlong(Cluster cluster, Applications applications)
      throws Exception {
    Driver driver =
        machine(cluster, applications)
            .submit(
                "sparkapp://" + applications.namespace() + "/victim",
                "--conf",
                "spark.kubernetes.executor.request.cores=100m",
                "--conf",
                "spark.sparkapp.leaseDuration=10s",
                "--class",
                "io.sparkapp.examples.SlowCount",
                examples(),
                "400",
                "500");
    Application victim = new Application(applications.client(), applications.namespace(), "victim");
    await()
        .atMost(Duration.ofMinutes(6))
        .ignoreExceptions()
        .until(() -> victim.awaitTasks() != null);

    driver.kill();

    // The lease's ten seconds, and five, on a machine that has all its time for that.
    SparkAppStatus end =
        await()
            .atMost(Duration.ofSeconds(45))
            .until(victim::status, status -> status.phase() == Phase.Failed);
    assertThat(end.message()).contains("was lost: it has been silent");
    await().atMost(Duration.ofMinutes(3)).until(() -> victim.executors().isEmpty());
  }

  private ClientMachine machine(Cluster cluster, Applications applications) throws IOException {
    return ClientMachine.layOut(Home.of("."), directory, kubeconfig(cluster, applications));
  }

  private static String examples() {
    return Home.of("examples/target/image/opt/sparkapp/examples/sparkapp-examples.jar").toString();
  }

  /** The administrator's, with a token of somebody who was bound to the clients' ClusterRole. */
  private Path kubeconfig(Cluster cluster, Applications applications) throws IOException {
    var account =
        applications
            .client()
            .resource(
                new ServiceAccountBuilder()
                    .withNewMetadata()
                    .withName(USER)
                    .withNamespace(applications.namespace())
                    .endMetadata()
                    .build());
    account.create();
    applications
        .client()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(USER)
                .withNamespace(applications.namespace())
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", clients(applications))
                .addNewSubject(null, "ServiceAccount", USER, applications.namespace())
                .build())
        .create();
    TokenRequest token =
        applications
            .client()
            .serviceAccounts()
            .inNamespace(applications.namespace())
            .withName(USER)
            .tokenRequest(new TokenRequest());
    @SuppressWarnings("unchecked")
    Map<String, Object> config =
        Serialization.unmarshal(Files.readString(cluster.node().kubeconfig()), Map.class);
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> users = (List<Map<String, Object>>) config.get("users");
    users.get(0).put("user", Map.of("token", token.getStatus().getToken()));
    return Files.writeString(directory.resolve("kubeconfig"), Serialization.asYaml(config));
  }

  private static String clients(Applications applications) {
    return applications.client().rbac().clusterRoles().list().getItems().stream()
        .map(role -> role.getMetadata().getName())
        .filter(name -> name.contains("-client."))
        .findFirst()
        .orElseThrow();
  }
}
