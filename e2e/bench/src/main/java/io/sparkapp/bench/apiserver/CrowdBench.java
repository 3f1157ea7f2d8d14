package io.sparkapp.bench.apiserver;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.bench.Row;
import io.sparkapp.bench.Wanted;
import io.sparkapp.operator.kubernetes.CacheStores;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * An operator that is started where ten thousand applications with fifty thousand pods run: when it
 * decides first, how soon it tells what pods do, what it keeps in its heap, what it does when there
 * is nothing to do.
 */
public final class CrowdBench {

  private static final int APPLICATIONS = 10_000;
  private static final int APPLICATIONS_SHORT = 1000;
  private static final String HEAP = "1g";
  private static final Duration SETTLED = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final double MIB = 1 << 20;
  private static final String FIRST = "first";

  private final BenchCluster cluster;
  private final int applications =
      Integer.getInteger("applications", Results.shortForm() ? APPLICATIONS_SHORT : APPLICATIONS);

  private CrowdBench(BenchCluster cluster) {
    this.cluster = cluster;
  }

  /** Measures. */
  public static void main(String[] args) throws Exception {
    try (BenchCluster cluster = BenchCluster.start()) {
      new CrowdBench(cluster).measure();
    }
  }

  private void measure() throws Exception {
    Crowd crowd = new Crowd(cluster);
    long bare;
    try (OperatorProcess operator = OperatorProcess.start(cluster, HEAP).awaitReady()) {
      crowd.model();
      bare = operator.heapAfterCollection("histogram-bare.txt");
    }
    long began = System.nanoTime();
    crowd.fill(applications);
    Results.note("crowd.tsv", "filled, s", seconds(began));
    double lists = bareLists();
    new Applications(cluster.admin(), Crowd.namespace(0)).create(FIRST, "instances: 2");
    began = System.nanoTime();
    try (OperatorProcess operator = OperatorProcess.start(cluster, HEAP)) {
      firstDecision(operator, began, lists);
      heap(operator, bare);
      idle(operator);
      statusLag();
    }
  }

  /** The second time, for the API server's own caches have never been read before the first. */
  private double bareLists() throws Exception {
    BareLists lists = new BareLists(cluster.admin());
    double last = 0;
    for (String time : new String[] {"first", "second"}) {
      long from = System.nanoTime();
      long bytes = lists.read(CacheStores.PAGE);
      last = seconds(from);
      Results.note("crowd.tsv", "bare lists, " + time + " time, s", last, "bytes", bytes);
    }
    return last;
  }

  /** Stricter than its name: until the driver of an application is there that waited for it. */
  private void firstDecision(OperatorProcess operator, long began, double lists) {
    KubernetesClient admin = cluster.admin();
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                admin.pods().inNamespace(Crowd.namespace(0)).withName(FIRST + "-1-driver").get()
                    != null);
    double seconds = seconds(began);
    Results.note("crowd.tsv", "first driver, s", seconds, "cpu, ms", operator.cpu().toMillis());
    operator.awaitReady();
    double ready = seconds(began);
    Results.note("crowd.tsv", "all pods known, s", ready, "cpu, ms", operator.cpu().toMillis());
    Row.alone(
            "operator's start with %d applications and %d pods, to its first driver"
                .formatted(applications, applications * Crowd.PODS),
            seconds,
            "s",
            Wanted.atMost(10))
        .write();
    Row.against(
            "the same until all pods are known, and reading the same lists in the same pages",
            ready,
            "bare client that keeps nothing",
            lists,
            "s",
            Wanted.atMost(2))
        .write();
  }

  private void statusLag() throws InterruptedException {
    StatusLag lag = new StatusLag(cluster.admin());
    double[] seconds = lag.measure(Math.min(500, applications));
    Results.note(
        "crowd.tsv",
        "status lag p50, s",
        seconds[seconds.length / 2],
        "p99",
        seconds[seconds.length * 99 / 100],
        "max",
        seconds[seconds.length - 1]);
    Row.alone(
            "status lag at %d pods, 95 of 100 within".formatted(applications * Crowd.PODS),
            seconds[seconds.length * 95 / 100],
            "s",
            Wanted.atMost(1))
        .write();
  }

  private void heap(OperatorProcess operator, long bare) throws Exception {
    long bytes = operator.heapAfterCollection("histogram-crowd.txt");
    Row.alone(
            "heap after collection, %d applications and %d pods known"
                .formatted(applications, applications * Crowd.PODS),
            bytes / MIB,
            "MiB",
            Wanted.atMost(512))
        .write();
    Row.alone(
            "heap for each application with its %d pods".formatted(Crowd.PODS),
            (bytes - bare) / 1024.0 / applications,
            "KiB",
            Wanted.atMost(50))
        .write();
  }

  private void idle(OperatorProcess operator) throws Exception {
    LockSupport.parkNanos(SETTLED.toNanos());
    Map<String, Long> before = operator.calls();
    Duration cpu = operator.cpu();
    LockSupport.parkNanos(IDLE.toNanos());
    Duration used = operator.cpu().minus(cpu);
    Map<String, Long> made = new TreeMap<>(operator.calls());
    before.forEach((call, count) -> made.merge(call, -count, Long::sum));
    made.keySet().removeIf(call -> call.startsWith("watch ") || call.endsWith(" leases"));
    long calls = made.values().stream().mapToLong(Long::longValue).sum();
    Results.note("crowd.tsv", "idle calls", made, "cpu, ms", used.toMillis());
    Row.alone("idle operator: calls but leases and watches", calls, "", Wanted.atMost(0)).write();
    Row.alone(
            "idle operator: of a core",
            100.0 * used.toMillis() / IDLE.toMillis(),
            "%",
            Wanted.atMost(1))
        .write();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
