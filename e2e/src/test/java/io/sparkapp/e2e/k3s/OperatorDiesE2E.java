package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** One of two operators dies, and nobody notices but those who look at the Lease. */
@OnK3s
@Isolated("it kills operators")
class OperatorDiesE2E {

  private static final String LEASE = "sparkapp-operator";

  /** A lease lasts 15 s, and the next one asks every two. */
  private static final Duration TAKE_OVER = Duration.ofMinutes(2);

  @BeforeEach
  void install(Cluster cluster) {
    cluster.chart().ensureInstalled();
    await().atMost(TAKE_OVER).until(() -> runs(cluster, leader(cluster)));
  }

  @Test
  void theOtherOperatorGoesOnWithARunningApplication(Cluster cluster, Applications applications) {
    try (PodHistory pods = PodHistory.of(applications)) {
      Application app = applications.apply(Manifest.running("orphan", "SlowCount", 2, "60", "500"));
      app.awaitTasks();

      String dead = killLeader(cluster);

      await()
          .atMost(TAKE_OVER)
          .until(() -> !dead.equals(leader(cluster)) && runs(cluster, leader(cluster)));
      nothingLostAndNothingTwice(app, pods, 2);
      assertThat(app.driverLog()).contains("count: 60");
    }
  }

  @Test
  void theOtherOperatorStartsWhatHasJustBeenApplied(Cluster cluster, Applications applications) {
    try (PodHistory pods = PodHistory.of(applications)) {
      Application app = applications.apply(Manifest.running("newborn", "Pi", 4, "8"));

      killLeader(cluster);

      nothingLostAndNothingTwice(app, pods, 4);
      assertThat(app.driverLog()).contains("Pi is roughly 3.1");
    }
  }

  private static void nothingLostAndNothingTwice(Application app, PodHistory pods, int executors) {
    SparkAppStatus end = app.awaitSuccess();
    assertThat(end.attempt()).isEqualTo(1);
    assertThat(end.executors().failed()).isZero();
    Map<String, Set<String>> all = pods.uids();
    assertThat(all).hasSize(1 + executors).containsKey(app.name() + "-1-driver");
    assertThat(all.values()).allSatisfy(uids -> assertThat(uids).hasSize(1));
    assertThat(said(app, "Succeeded: ")).isEqualTo(1);
    // An operator that dies between doing and saying leaves it unsaid; nobody says it twice.
    assertThat(said(app, "Started: ")).isLessThanOrEqualTo(1);
  }

  private static long said(Application app, String reason) {
    return app.events().stream().filter(event -> event.startsWith(reason)).count();
  }

  /** Kills its process and takes its pod away, so that it can not say goodbye. */
  private static String killLeader(Cluster cluster) {
    String name = leader(cluster);
    Pod pod = cluster.client().pods().inNamespace(Chart.NAMESPACE).withName(name).get();
    cluster.node().kill(Application.containerOf(pod), "SIGKILL");
    cluster.client().resource(pod).withGracePeriod(0).delete();
    return name;
  }

  /** The Lease may speak of one that is gone, or going, since the release was changed. */
  private static boolean runs(Cluster cluster, String operator) {
    Pod pod = cluster.client().pods().inNamespace(Chart.NAMESPACE).withName(operator).get();
    return pod != null
        && pod.getMetadata().getDeletionTimestamp() == null
        && "Running".equals(pod.getStatus().getPhase());
  }

  private static String leader(Cluster cluster) {
    var lease = cluster.client().leases().inNamespace(Chart.NAMESPACE).withName(LEASE).get();
    return lease == null ? null : lease.getSpec().getHolderIdentity();
  }
}
