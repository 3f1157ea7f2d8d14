package io.sparkapp.operator;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkApp;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * The page of an operator that stands by, on a real API server: what an operator that decides would
 * write, tests write. Accounts are in the namespace {@code ours}.
 */
final class PageWorld implements AutoCloseable {

  private static final String GROUP = "sparkapp.io";
  private static final String SYSTEM = "sparkapp-system";

  private final ApiServer server;
  private final KubernetesClient operatorClient;
  private final SparkAppOperator operator;
  private final JobNamespace ours;

  private PageWorld(
      ApiServer server,
      KubernetesClient operatorClient,
      SparkAppOperator operator,
      JobNamespace ours) {
    this.server = server;
    this.operatorClient = operatorClient;
    this.operator = operator;
    this.ours = ours;
  }

  static PageWorld start(Path state) throws Exception {
    ApiServer server = ApiServer.start(state);
    JobNamespace ours = JobNamespace.create(server.admin(), "ours");
    KubernetesClient client = server.operatorClient(http -> {});
    JobNamespace.create(server.admin(), SYSTEM);
    StandbyLease.create(server.admin(), SYSTEM);
    Map<String, String> settings = new HashMap<>(StandbyLease.settings(SYSTEM));
    settings.put("SPARKAPP_ENDPOINTS_HOST", "127.0.0.1");
    settings.put("SPARKAPP_ENDPOINTS_PORT", "0");
    settings.put("SPARKAPP_WEB_ENABLED", "true");
    settings.put("SPARKAPP_WEB_HOST", "127.0.0.1");
    settings.put("SPARKAPP_WEB_PORT", "0");
    settings.put("SPARKAPP_WEB_HISTORY_SERVER", "https://history.example.com/");
    HttpServerSettings.set();
    SparkAppOperator operator =
        SparkAppOperator.start(OperatorConfig.from(settings), client, Clock.systemUTC(), () -> {});
    return new PageWorld(server, client, operator, ours);
  }

  KubernetesClient admin() {
    return server.admin();
  }

  JobNamespace ours() {
    return ours;
  }

  int port() {
    return operator.webPort().orElseThrow();
  }

  void status(JobNamespace jobs, String name, Map<String, Object> status) {
    jobs.admin()
        .resources(SparkApp.class)
        .inNamespace(jobs.namespace())
        .withName(name)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("status", status)));
  }

  static void inParallel(int count, IntConsumer what) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        calls.add(
            () -> {
              what.accept(number);
              return null;
            });
      }
      for (Future<Void> each : threads.invokeAll(calls)) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  PageVisitor visitor(String account) {
    return new PageVisitor(port(), token(account));
  }

  String token(String account) {
    return server
        .admin()
        .serviceAccounts()
        .inNamespace("ours")
        .withName(account)
        .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
        .getStatus()
        .getToken();
  }

  void account(String name) {
    server
        .admin()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("ours")
                .endMetadata()
                .build())
        .create();
  }

  static PolicyRule rule(String group, List<String> resources, String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resources)
        .withVerbs(Arrays.asList(verbs))
        .build();
  }

  void namespacedReader(String name, JobNamespace jobs, String... verbs) {
    account(name);
    bind(name, jobs, rule(GROUP, List.of("sparkapps"), verbs));
  }

  void bind(String account, JobNamespace jobs, PolicyRule rule) {
    String name = account + "-" + rule.getResources().get(0).replace('/', '-');
    server
        .admin()
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(jobs.namespace())
                .endMetadata()
                .withRules(rule)
                .build())
        .create();
    server
        .admin()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(jobs.namespace())
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
                .addNewSubject("", "ServiceAccount", account, "ours")
                .build())
        .create();
  }

  void clusterReader(String name) {
    account(name);
    server
        .admin()
        .resource(
            new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withRules(rule(GROUP, List.of("sparkapps", "sparkqueues"), "get", "list"))
                .build())
        .create();
    server
        .admin()
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
                .addNewSubject("", "ServiceAccount", name, "ours")
                .build())
        .create();
  }

  @Override
  public void close() {
    operator.close();
    operatorClient.close();
    server.close();
  }
}
