package io.sparkapp.bench.apiserver;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sparkapp.bench.Row;
import io.sparkapp.bench.Wanted;
import io.sparkapp.crds.ExecutorRequest;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * From a driver's word that it wants hundreds of executors to the last of their pods created,
 * beside a client that only creates as many such pods, as many at a time, and beside Spark's own
 * allocator.
 */
public final class RampUpBench {

  private static final String JOBS = "ramp-up";
  private static final String SPARK = "spark";
  private static final int LARGEST = Integer.getInteger("executors", 2000);
  private static final int[] SIZES =
      Results.shortForm() ? new int[] {LARGEST / 2} : new int[] {LARGEST / 4, LARGEST};
  private static final int WARM_UP = LARGEST / 8;

  /** The largest that Spark's allocator is asked for: it makes at most ten a second. */
  private static final int SPARKS_LARGEST = Integer.getInteger("spark.executors", SIZES[0]);

  private final KubernetesClient admin;
  private final Applications applications;

  private RampUpBench(KubernetesClient admin) {
    this.admin = admin;
    this.applications = new Applications(admin, JOBS);
  }

  /** Measures. */
  public static void main(String[] args) throws Exception {
    try (BenchCluster cluster = BenchCluster.start()) {
      cluster.namespace(JOBS);
      RampUpBench bench = new RampUpBench(cluster.admin());
      Map<Integer, Double> ours = new TreeMap<>();
      try (OperatorProcess operator = OperatorProcess.start(cluster, "512m").awaitReady()) {
        bench.bare("warm0", WARM_UP, bench.ours("warm", WARM_UP));
        for (int executors : SIZES) {
          ours.put(executors, bench.measure(executors, operator));
        }
      }
      if (Results.shortForm()) {
        return;
      }
      cluster.namespace(SPARK);
      SparkAllocator allocator = new SparkAllocator(cluster.admin(), cluster.spark(), SPARK);
      for (Map.Entry<Integer, Double> each : ours.entrySet()) {
        if (each.getKey() <= SPARKS_LARGEST) {
          compare(each.getKey(), each.getValue(), allocator.seconds(each.getKey()));
        }
      }
    }
  }

  private record Ramp(double seconds, Pod pod) {}

  private static void compare(int executors, double ours, double sparks) {
    Results.note("ramp-up.tsv", executors, "ours, s", ours, "Spark's, s", sparks);
    Row.against(
            executors + " executors, beside Spark's allocator",
            executors / ours,
            "Spark's allocator",
            executors / sparks,
            "pods/s",
            Wanted.atLeast(25))
        .write();
  }

  /** Seconds that ours took. */
  private double measure(int executors, OperatorProcess operator) throws InterruptedException {
    long cpu = operator.cpu().toMillis();
    Ramp ours = oursTimed("app" + executors, executors);
    cpu = operator.cpu().toMillis() - cpu;
    double bare = bare("bare" + executors, executors, ours.pod());
    Results.note("ramp-up.tsv", executors, "ours, s", ours.seconds(), "bare, s", bare, "cpu", cpu);
    Row.against(
            executors + " executors from asked to created",
            executors / ours.seconds(),
            "bare client",
            executors / bare,
            "pods/s",
            Wanted.atLeast(0.8))
        .write();
    return ours.seconds();
  }

  private Pod ours(String app, int executors) {
    return oursTimed(app, executors).pod();
  }

  /** An application that has a driver and no executor, whose driver then wants many. */
  private Ramp oursTimed(String app, int executors) {
    applications.create(app, "min: 0, max: " + executors);
    String driver = app + "-1-driver";
    Awaitility.await().until(() -> admin.pods().inNamespace(JOBS).withName(driver).get() != null);
    new FakeKubelet(admin).runs(JOBS, driver, "driver", "10.42.1.1");
    try (Births births = new Births(admin, JOBS, "sparkapp.io/app", app)) {
      births.awaitBorn(1, System.nanoTime());
      long asked = System.nanoTime();
      admin
          .resources(ExecutorRequest.class)
          .inNamespace(JOBS)
          .withName(app + "-1")
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"spec\":{\"asks\":[{\"profile\":0,\"total\":%d,\"cores\":2,\"memory\":\"4g\"}]}}"
                  .formatted(executors));
      double seconds = births.awaitBorn(executors + 1, asked);
      return new Ramp(
          seconds, admin.pods().inNamespace(JOBS).withName(app + "-1-exec-1").require());
    } finally {
      admin.resources(io.sparkapp.crds.SparkApp.class).inNamespace(JOBS).withName(app).delete();
      remove(app);
    }
  }

  /** The same pods, of nobody, so that the operator does not look at them. */
  private double bare(String app, int executors, Pod model) throws InterruptedException {
    try (Births births = new Births(admin, JOBS, "bench/of", app)) {
      long asked = System.nanoTime();
      Parallel.times(
          executors,
          number ->
              admin
                  .resource(
                      new PodBuilder(model)
                          .withNewMetadataLike(model.getMetadata())
                          .withName(app + "-1-exec-" + number)
                          .withLabels(labels(app, model))
                          .withUid(null)
                          .withResourceVersion(null)
                          .withCreationTimestamp(null)
                          .withManagedFields()
                          .endMetadata()
                          .withStatus(null)
                          .build())
                  .create());
      return births.awaitBorn(executors, asked);
    } finally {
      admin.pods().inNamespace(JOBS).withLabel("bench/of", app).delete();
    }
  }

  private static Map<String, String> labels(String app, Pod model) {
    Map<String, String> labels = new java.util.HashMap<>(model.getMetadata().getLabels());
    labels.remove("app.kubernetes.io/managed-by");
    labels.put("bench/of", app);
    return labels;
  }

  private void remove(String app) {
    admin.pods().inNamespace(JOBS).withLabel("sparkapp.io/app", app).delete();
    admin
        .resources(ExecutorRequest.class)
        .inNamespace(JOBS)
        .withLabel("sparkapp.io/app", app)
        .delete();
  }
}
