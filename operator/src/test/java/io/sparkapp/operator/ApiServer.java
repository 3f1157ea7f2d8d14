package io.sparkapp.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.local.controlplane.ControlPlane;
import io.sparkapp.operator.kubernetes.LeanReading;
import io.sparkapp.operator.kubernetes.ReadingAhead;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A real API server with our CRDs and the operator's ClusterRole.
 *
 * @param plane its processes
 * @param admin may do everything
 */
record ApiServer(ControlPlane plane, KubernetesClient admin) implements AutoCloseable {

  static ApiServer start(Path state) throws Exception {
    ControlPlane plane = ControlPlane.start(ControlPlane.Options.in(state));
    KubernetesClient admin = new KubernetesClientBuilder().withConfig(adminConfig(plane)).build();
    for (String file :
        List.of(
            "/io/sparkapp/crds/sparkapps.sparkapp.io-v1.yml",
            "/io/sparkapp/crds/executorrequests.sparkapp.io-v1.yml",
            "/io/sparkapp/crds/scheduledsparkapps.sparkapp.io-v1.yml",
            "/io/sparkapp/crds/sparkqueues.sparkapp.io-v1.yml",
            "/io/sparkapp/operator/rbac.yaml",
            "/io/sparkapp/operator/users-policy.yaml")) {
      try (InputStream in = SparkAppOperator.class.getResourceAsStream(file)) {
        admin.load(in).items().forEach(item -> admin.resource(item).create());
      }
    }
    await()
        .until(
            () ->
                admin.resources(SparkApp.class).inAnyNamespace().list() != null
                    && admin.resources(ScheduledSparkApp.class).inAnyNamespace().list() != null
                    && admin.resources(SparkQueue.class).list() != null);
    ApiServer server = new ApiServer(plane, admin);
    server.awaitRight("sparkapp-operator", "list", "sparkapp.io", "sparkapps");
    return server;
  }

  /**
   * Waits until a user may do something everywhere: a right is in force a moment after it is
   * written.
   */
  void awaitRight(String user, String verb, String group, String resource) {
    var question =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(user)
            .withNewResourceAttributes()
            .withVerb(verb)
            .withGroup(group)
            .withResource(resource)
            .endResourceAttributes()
            .endSpec()
            .build();
    await()
        .alias(user + " may " + verb + " " + resource)
        .until(() -> admin.resource(question).create().getStatus().getAllowed());
  }

  /** A client with the rights that the operator's ClusterRole gives, and no more. */
  KubernetesClient operatorClient(Consumer<HttpClient.Builder> http) throws IOException {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(adminConfig(plane))
                .withImpersonateUsername("sparkapp-operator")
                .build())
        .withHttpClientFactory(new ReadingAhead())
        .withKubernetesSerialization(LeanReading.serialization())
        .withHttpClientBuilderConsumer(http.andThen(LeanReading::ask))
        .build();
  }

  /** The only operator, with its endpoints at some port. */
  static SparkAppOperator operator(KubernetesClient client) throws IOException {
    return operator(client, Clock.systemUTC());
  }

  /** The same, with a clock of the test's own. */
  static SparkAppOperator operator(KubernetesClient client, Clock clock) throws IOException {
    return SparkAppOperator.start(
        OperatorConfig.from(
            Map.of("SPARKAPP_ENDPOINTS_HOST", "127.0.0.1", "SPARKAPP_ENDPOINTS_PORT", "0")),
        client,
        clock,
        () -> {});
  }

  private static Config adminConfig(ControlPlane plane) throws IOException {
    return Config.fromKubeconfig(Files.readString(plane.adminKubeconfig()));
  }

  @Override
  public void close() {
    admin.close();
    plane.close();
  }
}
