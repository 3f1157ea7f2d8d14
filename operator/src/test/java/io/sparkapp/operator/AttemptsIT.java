package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What users can change of an application that is there, on a real API server. */
class AttemptsIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir static Path state;

  private static ApiServer server;

  private JobNamespace jobs;
  private KubernetesClient client;
  private SparkAppOperator operator;

  @BeforeAll
  static void startApiServer() throws Exception {
    server = ApiServer.start(state);
  }

  @AfterAll
  static void stopApiServer() {
    server.close();
  }

  @BeforeEach
  void startOperator(TestInfo test) throws Exception {
    jobs =
        JobNamespace.create(
            server.admin(), "t" + Integer.toHexString(test.getDisplayName().hashCode()));
    client = server.operatorClient(http -> {});
    operator = ApiServer.operator(client);
  }

  @AfterEach
  void stopOperator() {
    operator.close();
    client.close();
  }

  @Test
  void suspendingFreesAllAndResumingStartsTheNextAttempt() {
    started("  executor: {instances: 1}\n");

    patch("{\"spec\":{\"suspend\":true}}");
    awaitPhase(Phase.Suspended);
    await().atMost(SOON).until(() -> jobs.request("flights-1") == null);
    // Without a kubelet pods with a grace period do not go.
    server.admin().pods().inNamespace(jobs.namespace()).withGracePeriod(0).delete();

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
    started("  restart: {policy: Never}\n");

    patch("{\"spec\":{\"restart\":{\"policy\":\"OnFailure\",\"maxAttempts\":3}}}");
    patch("{\"spec\":{\"limits\":{\"run\":\"2h\"}}}");

    for (String change :
        new String[] {
          "{\"spec\":{\"main\":{\"class\":\"com.acme.Other\"}}}",
          "{\"spec\":{\"image\":\"other\"}}",
          "{\"spec\":{\"sparkConf\":{\"spark.ui.enabled\":\"false\"}}}",
          "{\"spec\":{\"driver\":{\"memory\":\"2g\"}}}"
        }) {
      assertThatThrownBy(() -> patch(change))
          .as(change)
          .hasMessageContaining("can not be changed once the application is created")
          .hasMessageContaining("delete it and apply it again");
    }
    assertThatThrownBy(() -> patch("{\"spec\":{\"limits\":{\"run\":\"soon\"}}}"))
        .hasMessageContaining("spec.limits.run")
        .hasMessageContaining("a time is written as 90s, 10m, 1h30m or 7d");
  }

  private void started(String spec) {
    jobs.createWith("flights", spec);
    awaitPhase(Phase.Starting);
  }

  private void awaitPhase(Phase phase) {
    await().atMost(SOON).until(() -> status().phase() == phase);
  }

  private SparkAppStatus status() {
    SparkAppStatus status = jobs.app("flights").getStatus();
    return status == null ? SparkAppStatus.NONE : status;
  }

  private void patch(String change) {
    server
        .admin()
        .resources(SparkApp.class)
        .inNamespace(jobs.namespace())
        .withName("flights")
        .patch(PatchContext.of(PatchType.JSON_MERGE), change);
  }
}
