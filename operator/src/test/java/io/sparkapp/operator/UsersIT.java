package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkApp;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On whose behalf somebody may have applications run. */
class UsersIT {

  @RegisterExtension static final OperatorOnApiServer CLUSTER = new OperatorOnApiServer();

  private static final String APP =
      "apiVersion: sparkapp.io/v1alpha1\nkind: SparkApp\nmetadata: {name: %s, namespace: %s}\nspec:\n"
          + "  main: {jar: \"local:///opt/app.jar\", class: com.acme.Main}\n";

  private static final String SCHEDULE =
      "apiVersion: sparkapp.io/v1alpha1\nkind: ScheduledSparkApp\nmetadata: {name: %s, namespace: %s}\n"
          + "spec:\n  schedule: \"* * * * *\"\n  template:\n"
          + "    main: {jar: \"local:///opt/app.jar\", class: com.acme.Main}\n    user: %s\n";

  private static KubernetesClient as(String user) {
    Config admin = CLUSTER.admin().getConfiguration();
    return new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder(admin).withImpersonateUsername(user).build())
        .build();
  }

  private static void mayWriteApplications(String user) {
    CLUSTER
        .admin()
        .resource(
            new ClusterRoleBuilder()
                .withNewMetadata()
                .withName("writer")
                .endMetadata()
                .addNewRule()
                .withApiGroups("sparkapp.io")
                .withResources("sparkapps", "scheduledsparkapps")
                .withVerbs("get", "create", "patch", "update")
                .endRule()
                .build())
        .createOr(existing -> existing.update());
    bind(user, "writer");
    CLUSTER.awaitRight(user, "create", "sparkapp.io", "sparkapps");
  }

  private static void bind(String user, String role) {
    CLUSTER
        .admin()
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(user + "-" + role)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .createOr(existing -> existing.update());
  }

  private static void apply(KubernetesClient client, String yaml) {
    client.resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class)).create();
  }

  private static String app(String name, String user) {
    return APP.formatted(name, CLUSTER.jobs().namespace()) + "  user: " + user + "\n";
  }

  @Test
  void nobodyMayNameSomebodyElse() {
    mayWriteApplications("alice");
    try (KubernetesClient alice = as("alice")) {
      // A policy is in force a moment after it was written.
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> apply(alice, app("b" + System.nanoTime(), "bob")))
                      .isInstanceOf(KubernetesClientException.class)
                      .hasMessageContaining("the user is bob, and you are alice"));
      assertThatThrownBy(
              () -> apply(alice, SCHEDULE.formatted("nightly", CLUSTER.jobs().namespace(), "bob")))
          .hasMessageContaining("the user is bob, and you are alice");

      apply(alice, app("own", "alice"));
      apply(alice, APP.formatted("without", CLUSTER.jobs().namespace()));

      assertThatThrownBy(
              () ->
                  alice
                      .resources(SparkApp.class)
                      .inNamespace(CLUSTER.jobs().namespace())
                      .withName("own")
                      .patch(
                          PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"user\":\"bob\"}}"))
          .hasMessageContaining("the user is bob, and you are alice");
      alice
          .resources(SparkApp.class)
          .inNamespace(CLUSTER.jobs().namespace())
          .withName("own")
          .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"timeToLive\":\"1h\"}}");
    }
    assertThat(CLUSTER.jobs().app("own").getSpec().user()).isEqualTo("alice");
  }

  @Test
  void whoMayImpersonateSomebodyMayNameHim() {
    mayWriteApplications("carol");
    CLUSTER
        .admin()
        .resource(
            new ClusterRoleBuilder()
                .withNewMetadata()
                .withName("as-dave")
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("users")
                .withResourceNames("dave")
                .withVerbs("impersonate")
                .endRule()
                .build())
        .createOr(existing -> existing.update());
    bind("carol", "as-dave");
    try (KubernetesClient carol = as("carol")) {
      // The right is in force a moment after it was written.
      await()
          .until(
              () -> {
                apply(carol, app("for-dave", "dave"));
                return true;
              });
    }
    assertThat(CLUSTER.jobs().app("for-dave").getSpec().user()).isEqualTo("dave");
  }

  @Test
  void runsOfAScheduleHaveTheUserOfTheSchedule() {
    mayWriteApplications("erin");
    try (KubernetesClient erin = as("erin")) {
      apply(erin, SCHEDULE.formatted("often", CLUSTER.jobs().namespace(), "erin"));
    }

    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () ->
                assertThat(
                        CLUSTER
                            .admin()
                            .resources(SparkApp.class)
                            .inNamespace(CLUSTER.jobs().namespace())
                            .list()
                            .getItems())
                    .extracting(run -> run.getSpec().user())
                    .contains("erin"));
  }
}
