package io.sparkapp.bench.firsttask;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.bench.stock.StockSpark;
import io.sparkapp.local.QuickStart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Spark's own: {@code spark-submit --deploy-mode cluster} with its Kubernetes backend. */
final class SparkSubmit implements Contender {

  private final ProductCluster cluster;
  private final StockSpark spark;
  private final String name;
  private final Map<String, String> more;

  private SparkSubmit(ProductCluster cluster, String name, Map<String, String> more) {
    this.cluster = cluster;
    this.spark = cluster.spark();
    this.name = name;
    this.more = more;
  }

  /** As it comes. */
  static SparkSubmit plain(ProductCluster cluster) {
    return new SparkSubmit(cluster, "spark-submit", Map.of());
  }

  /** With the JVM options that ours has on the local cluster. */
  static SparkSubmit withOurJvmOptions(ProductCluster cluster) {
    return new SparkSubmit(
        cluster,
        "spark-submit-tuned",
        Map.of(
            "spark.driver.extraJavaOptions",
            QuickStart.OPTIONS,
            "spark.executor.extraJavaOptions",
            ProductCluster.EXECUTOR_OPTIONS));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> submission(String app, Path stamps) {
    Map<String, String> properties = new HashMap<>(properties(app));
    properties.putAll(more);
    return spark.submission(
        "cluster",
        app,
        properties,
        new StockSpark.Program(
            "local://" + cluster.examples(),
            ProductCluster.PROGRAM,
            List.of(Integer.toString(ProductCluster.TASKS), ProductCluster.unmapped(stamps))));
  }

  private Map<String, String> properties(String app) {
    return Map.ofEntries(
        Map.entry("spark.executor.instances", "2"),
        Map.entry("spark.executor.cores", "1"),
        Map.entry("spark.executor.memory", "1g"),
        Map.entry("spark.driver.memory", "1g"),
        Map.entry("spark.kubernetes.namespace", ProductCluster.NAMESPACE),
        Map.entry("spark.kubernetes.container.image", ProductCluster.STOCK_IMAGE),
        Map.entry("spark.kubernetes.driver.pod.name", driver(app)),
        Map.entry("spark.kubernetes.executor.podNamePrefix", app),
        Map.entry("spark.kubernetes.driver.podTemplateFile", spark.home() + "/driver.yaml"),
        Map.entry("spark.kubernetes.authenticate.driver.serviceAccountName", "stock-spark"),
        // The local cluster has no DNS: neither the API server's name nor a Service's is known.
        Map.entry("spark.kubernetes.driver.master", spark.apiServer().toString()),
        Map.entry("spark.kubernetes.executor.useDriverPodIP", "true"),
        Map.entry("spark.kubernetes.submission.waitAppCompletion", "false"));
  }

  private static String driver(String app) {
    return app + "-driver";
  }

  @Override
  public Map<String, String> environment() {
    return spark.environment();
  }

  @Override
  public boolean succeeded(String app) {
    Pod driver =
        cluster
            .admin()
            .pods()
            .inNamespace(ProductCluster.NAMESPACE)
            .withName(driver(app))
            .require();
    if ("Failed".equals(driver.getStatus().getPhase())) {
      throw new IllegalStateException(driver(app) + " has failed.");
    }
    return "Succeeded".equals(driver.getStatus().getPhase());
  }

  @Override
  public void delete(String app) {
    cluster.admin().pods().inNamespace(ProductCluster.NAMESPACE).withName(driver(app)).delete();
  }

  @Override
  public Duration servants() {
    return Duration.ZERO;
  }
}
