package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What users can change of an application that is there, on a real API server. */
class AttemptsIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @RegisterExtension static final OperatorOnApiServer CLUSTER = new OperatorOnApiServer();

  private JobNamespace jobs;

  @BeforeEach
  void takeTheNamespace() {
    jobs = CLUSTER.jobs();
  }

  @Test
  void suspendingFreesAllAndResumingStartsTheNextAttempt() {
    started("  executor: {instances: 1}\n");

    patch("{\"spec\":{\"suspend\":true}}");
    awaitPhase(Phase.Suspended);
    await().atMost(SOON).until(() -> jobs.request("flights-1") == null);
    // Without a kubelet pods with a grace period do not go.
    CLUSTER.admin().pods().inNamespace(jobs.namespace()).withGracePeriod(0).delete();

    patch("{\"spec\":{\"suspend\":false}}");
    awaitPhase(Phase.Starting);
    assertThat(status().attempt()).isEqualTo(2);
    await().atMost(SOON).until(() -> jobs.names("flights").contains("flights-2-driver"));
    assertThat(jobs.events("flights")).contains("Suspended");
  }

  @Test
  void killingSaysWhy() {
    started("  executor: {instances: 0}\n");

    patch("{\"spec\":{\"kill\":\"wrong year\"}}");

    awaitPhase(Phase.Failed);
    assertThat(status().message()).isEqualTo("Killed: wrong year");
  }

  @Test
  void anApplicationGoesWhenItsTimeToLiveIsOver() {
    started("  timeToLive: 1s\n");
    jobs.runs("flights-1-driver", "driver", "10.0.0.9");
    awaitPhase(Phase.Running);

    jobs.ends("flights-1-driver", "driver", 0, "Completed");

    await().atMost(SOON).until(() -> jobs.app("flights") == null);
  }

  @Test
  void aTimeToLiveThatIsSetAfterTheEndCounts() {
    started("");
    jobs.runs("flights-1-driver", "driver", "10.0.0.9");
    awaitPhase(Phase.Running);
    jobs.ends("flights-1-driver", "driver", 0, "Completed");
    awaitPhase(Phase.Succeeded);

    patch("{\"spec\":{\"timeToLive\":\"0s\"}}");

    await().atMost(SOON).until(() -> jobs.app("flights") == null);
  }

  @Test
  void whatTheApplicationRunsCanNotBeChangedAndWhatFollowsCan() {
    started("  restart: {policy: Never}\n  executor: {instances: 1, template: {spec: {a: 1}}}\n");

    patch("{\"spec\":{\"restart\":{\"policy\":\"OnFailure\",\"maxAttempts\":3}}}");
    patch("{\"spec\":{\"limits\":{\"run\":\"2h\"}}}");
    patch("{\"spec\":{\"executor\":{\"instances\":3}}}");

    for (String change :
        new String[] {
          "{\"main\":{\"class\":\"com.acme.Other\"}}",
          "{\"image\":\"other\"}",
          "{\"sparkConf\":{\"spark.ui.enabled\":\"false\"}}",
          "{\"driver\":{\"memory\":\"2g\"}}",
          "{\"executor\":{\"memory\":\"2g\"}}",
          "{\"executor\":{\"template\":{\"spec\":{\"a\":2}}}}",
          "{\"executor\":{\"template\":null}}",
          "{\"executor\":{\"max\":5}}"
        }) {
      assertThatThrownBy(() -> patch("{\"spec\":" + change + "}"))
          .as(change)
          .hasMessageContaining("can be changed only with updateStrategy: Restart");
    }
    assertThatThrownBy(() -> patch("{\"spec\":{\"limits\":{\"run\":\"soon\"}}}"))
        .hasMessageContaining("spec.limits.run")
        .hasMessageContaining("a time is written as 90s, 10m, 1h30m or 7d");
  }

  @Test
  void withUpdateStrategyRestartAChangeStartsAnotherAttempt() {
    started("  executor: {instances: 1}\n");
    String driver = jobs.pod("flights-1-driver").getMetadata().getUid();

    patch("{\"spec\":{\"updateStrategy\":\"Restart\",\"image\":\"other\"}}");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              // No kubelet lets the pod go here.
              jobs.admin()
                  .pods()
                  .inNamespace(jobs.namespace())
                  .withName("flights-1-driver")
                  .withGracePeriod(0)
                  .delete();
              assertThat(jobs.pod("flights-2-driver")).isNotNull();
            });

    assertThat(status().history())
        .singleElement()
        .satisfies(past -> assertThat(past.message()).contains("(spec.image)"));
    assertThat(jobs.pod("flights-2-driver").getMetadata().getUid()).isNotEqualTo(driver);
    assertThat(jobs.request("flights-2").answered().bounds().max()).isEqualTo(1);
  }

  @Test
  void claimsThatAreUsedAgainBelongToTheAttemptsRequest() {
    started("  executor: {instances: 2, localDir: {medium: Volume, size: 1g, reuse: true}}\n");

    await().atMost(SOON).untilAsserted(() -> assertThat(jobs.pod("flights-1-exec-2")).isNotNull());
    String request = jobs.request("flights-1").getMetadata().getUid();
    for (String name : new String[] {"flights-1-local-1", "flights-1-local-2"}) {
      var claim =
          CLUSTER
              .admin()
              .persistentVolumeClaims()
              .inNamespace(jobs.namespace())
              .withName(name)
              .get();
      assertThat(claim.getMetadata().getOwnerReferences())
          .singleElement()
          .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(request));
    }
  }

  @Test
  void aLocalDirThatContradictsItselfIsRefused() {
    for (String localDir :
        new String[] {"{medium: Memory}", "{medium: Volume}", "{size: 1g, reuse: true}"}) {
      assertThatThrownBy(
              () -> jobs.createWith("flights", "  executor: {localDir: " + localDir + "}\n"))
          .as(localDir)
          .hasMessageContaining("spec.executor.localDir");
    }
  }

  @Test
  void aDriverOfTheUsersOwnIsStartedAgainByNobodyElse() {
    assertThatThrownBy(
            () ->
                jobs.createStrictly(
                    "spec: {placement: Client, updateStrategy: Restart, client: {host: h, port:"
                        + " 1}}\n"))
        .hasMessageContaining("updateStrategy Restart is for placement Cluster only");
  }

  private void started(String spec) {
    jobs.createWith("flights", spec);
    awaitPhase(Phase.Starting);
  }

  private void awaitPhase(Phase phase) {
    await().atMost(SOON).until(() -> status().phase() == phase);
  }

  private SparkAppStatus status() {
    return jobs.status("flights");
  }

  private void patch(String change) {
    CLUSTER
        .admin()
        .resources(SparkApp.class)
        .inNamespace(jobs.namespace())
        .withName("flights")
        .patch(PatchContext.of(PatchType.JSON_MERGE), change);
  }
}
