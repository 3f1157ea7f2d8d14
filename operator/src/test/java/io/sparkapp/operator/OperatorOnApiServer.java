package io.sparkapp.operator;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real API server for a class of tests, and for each of them a namespace of its own and an
 * operator with the rights of its ClusterRole.
 */
final class OperatorOnApiServer
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

  private static final String NARROW = "narrow-operator";

  private ApiServer server;
  private JobNamespace jobs;
  private KubernetesClient client;
  private SparkAppOperator operator;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Path state = Files.createTempDirectory("api-server");
    server = ApiServer.start(state);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.close();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    jobs =
        JobNamespace.create(
            server.admin(), "t" + Integer.toHexString(context.getDisplayName().hashCode()));
    start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    stop();
  }

  /** Starts the operator, after {@link #stop}. */
  void start() throws Exception {
    client = server.operatorClient(http -> {});
    operator = ApiServer.operator(client);
  }

  void stop() {
    operator.close();
    client.close();
  }

  /** A client with the operator's rights, but for those on some resources. */
  KubernetesClient clientWithout(String... resources) {
    ClusterRole all = server.admin().rbac().clusterRoles().withName("sparkapp-operator").get();
    List<PolicyRule> rules =
        all.getRules().stream()
            .filter(rule -> List.of(resources).stream().noneMatch(rule.getResources()::contains))
            .toList();
    server
        .admin()
        .resource(
            new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(NARROW)
                .endMetadata()
                .withRules(rules)
                .build())
        .createOr(existing -> existing.update());
    server
        .admin()
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(NARROW)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", NARROW)
                .addNewSubject("rbac.authorization.k8s.io", "User", NARROW, null)
                .build())
        .createOr(existing -> existing.update());
    server.awaitRight(NARROW, "list", "sparkapp.io", "sparkapps");
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(server.admin().getConfiguration())
                .withImpersonateUsername(NARROW)
                .build())
        .build();
  }

  JobNamespace jobs() {
    return jobs;
  }

  KubernetesClient admin() {
    return server.admin();
  }

  /** Waits until a user may do something everywhere. */
  void awaitRight(String user, String verb, String group, String resource) {
    server.awaitRight(user, verb, group, resource);
  }

  SparkAppOperator operator() {
    return operator;
  }
}
