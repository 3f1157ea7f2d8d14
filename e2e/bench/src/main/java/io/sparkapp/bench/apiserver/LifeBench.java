package io.sparkapp.bench.apiserver;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sparkapp.bench.Row;
import io.sparkapp.bench.Wanted;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * All calls of one application's life: two executors come, a job runs, the driver ends with 0.
 * Kubelets and the driver are played, as fast as the API server takes their words.
 */
public final class LifeBench {

  private static final String JOBS = "life";
  private static final int LIVES = 3;

  /** What a driver of a short job writes: executors came in, a stage goes on, all is done. */
  private static final String[] DRIVER = {
    "{'progress': {'executors': {'registered': 2}}}",
    "{'progress': {'jobs': {'done': 0, 'total': 1}, 'stages': {'done': 0, 'total': 1},"
        + " 'tasks': {'done': 2, 'total': 4}, 'percent': 50}}",
    "{'progress': {'jobs': {'done': 1, 'total': 1}, 'stages': {'done': 1, 'total': 1},"
        + " 'tasks': {'done': 4, 'total': 4}, 'percent': 100},"
        + " 'asks': [{'profile': 0, 'total': 0, 'cores': 1, 'memory': '1024m'}],"
        + " 'stopping': '%s'}"
  };

  private static final Set<String> WRITES =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  private final KubernetesClient admin;
  private final FakeKubelet kubelet;

  private LifeBench(KubernetesClient admin) {
    this.admin = admin;
    this.kubelet = new FakeKubelet(admin);
  }

  /** Measures. */
  public static void main(String[] args) throws Exception {
    try (BenchCluster cluster = BenchCluster.start();
        OperatorProcess operator = OperatorProcess.start(cluster, "512m").awaitReady()) {
      cluster.namespace(JOBS);
      new LifeBench(cluster.admin()).measure(operator);
    }
  }

  private void measure(OperatorProcess operator) throws Exception {
    live("first");
    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    Map<String, Long> before = operator.calls();
    for (int each = 0; each < LIVES; each++) {
      live("app" + each);
    }
    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    Map<String, Long> made = new TreeMap<>(operator.calls());
    before.forEach((call, count) -> made.merge(call, -count, Long::sum));
    made.values().removeIf(count -> count == 0);
    made.keySet().removeIf(call -> call.startsWith("watch ") || call.endsWith(" leases"));
    made.forEach((call, count) -> Results.note("life.tsv", call, count / (double) LIVES));
    Results.note("life.tsv", "patch executorrequests, by the driver", DRIVER.length);
    long writes =
        made.entrySet().stream()
            .filter(each -> WRITES.contains(each.getKey().split(" ")[0]))
            .mapToLong(Map.Entry::getValue)
            .sum();
    Row.alone(
            "writes for each application's life, two executors",
            writes / (double) LIVES + DRIVER.length,
            "",
            Wanted.atMost(12))
        .write();
    Row.alone("lists for each application's life", lists(made), "", Wanted.atMost(0)).write();
  }

  private static double lists(Map<String, Long> made) {
    return made.entrySet().stream()
            .filter(each -> each.getKey().startsWith("list "))
            .mapToLong(Map.Entry::getValue)
            .sum()
        / (double) LIVES;
  }

  private void live(String app) {
    new Applications(admin, JOBS).create(app, "instances: 2");
    String driver = app + "-1-driver";
    await().until(() -> isThere(driver) && isThere(executor(app, 1)) && isThere(executor(app, 2)));
    kubelet.bind(JOBS, driver, "node-1");
    kubelet.runs(JOBS, driver, "driver", "10.42.2.1");
    for (int id = 1; id <= 2; id++) {
      kubelet.bind(JOBS, executor(app, id), "node-1");
      kubelet.runs(JOBS, executor(app, id), "executor", "10.42.2." + (1 + id));
    }
    await().until(() -> app(app).getStatus().phase() == Phase.Running);
    for (String spec : DRIVER) {
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      admin
          .resources(ExecutorRequest.class)
          .inNamespace(JOBS)
          .withName(app + "-1")
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              ("{'spec': " + spec.formatted(Instant.now()) + "}").replace('\'', '"'));
    }
    for (int id = 1; id <= 2; id++) {
      kubelet.ends(JOBS, executor(app, id), "executor", 0);
    }
    kubelet.ends(JOBS, driver, "driver", 0);
    await().until(() -> app(app).getStatus().phase() == Phase.Succeeded);
    for (int id = 1; id <= 2; id++) {
      String pod = executor(app, id);
      await().until(() -> !isThere(pod) || isLeaving(pod));
      admin.pods().inNamespace(JOBS).withName(pod).withGracePeriod(0).delete();
    }
  }

  private static ConditionFactory await() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions();
  }

  private boolean isThere(String pod) {
    return admin.pods().inNamespace(JOBS).withName(pod).get() != null;
  }

  private boolean isLeaving(String pod) {
    return admin
            .pods()
            .inNamespace(JOBS)
            .withName(pod)
            .require()
            .getMetadata()
            .getDeletionTimestamp()
        != null;
  }

  private static String executor(String app, int id) {
    return app + "-1-exec-" + id;
  }

  private SparkApp app(String name) {
    return admin.resources(SparkApp.class).inNamespace(JOBS).withName(name).require();
  }
}
