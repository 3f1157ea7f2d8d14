package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shuffle files in memory and on volumes, as k3s's own storage class makes them. */
@OnK3s
class VolumesE2E {

  private static final Duration SOON = Duration.ofMinutes(3);

  @BeforeEach
  void install(Cluster cluster) {
    cluster.chart().ensureInstalled();
  }

  @Test
  void shuffleFilesInMemory(Applications applications) {
    Application app =
        applications.apply(
            Manifest.running("in-memory", "SlowCount", 1, "40", "500")
                .with("spec.executor.localDir", "{medium: Memory, size: 256m}"));

    app.awaitTasks();
    assertThat(
            app.executor(1)
                .getSpec()
                .getContainers()
                .get(0)
                .getResources()
                .getLimits()
                .get("memory")
                .toString())
        .isEqualTo("1664Mi");
    app.awaitSuccess();
  }

  @Test
  void aVolumeOfItsOwnGoesWithTheExecutor(Applications applications) {
    Application app =
        applications.apply(
            Manifest.running("own-volume", "SlowCount", 1, "12", "500")
                .with("spec.executor.localDir", "{medium: Volume, size: 64m}"));

    app.awaitSuccess();

    await().atMost(SOON).untilAsserted(() -> assertThat(claims(applications)).isEmpty());
  }

  @Test
  void aReplacementGetsTheVolumeOfTheExecutorThatWasKilled(
      Cluster cluster, Applications applications) {
    Application app =
        applications.apply(
            Manifest.running("reused", "SlowCount", 1, "60", "500")
                .with("spec.executor.localDir", "{medium: Volume, size: 64m, reuse: true}"));
    app.awaitTasks();
    List<String> before = uids(applications);
    assertThat(before).hasSize(1);

    cluster.node().kill(Application.containerOf(app.executor(1)), "SIGKILL");
    app.awaitStatus("has a failure", status -> status.executors().failed() == 1);
    app.awaitStatus("has an executor again", status -> status.executors().running() == 1);

    assertThat(uids(applications)).isEqualTo(before);
    SparkAppStatus end = app.awaitSuccess();
    assertThat(app.driverLog()).contains("count: 60");
    assertThat(end.executors().failed()).isEqualTo(1);
    await().atMost(SOON).untilAsserted(() -> assertThat(claims(applications)).isEmpty());
  }

  private static List<String> uids(Applications applications) {
    return claims(applications).stream().map(claim -> claim.getMetadata().getUid()).toList();
  }

  private static List<PersistentVolumeClaim> claims(Applications applications) {
    return applications
        .client()
        .persistentVolumeClaims()
        .inNamespace(applications.namespace())
        .list()
        .getItems();
  }
}
