package io.sparkapp.bench.firsttask;

import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Spark's own: {@code spark-submit --deploy-mode cluster} with its Kubernetes backend. */
final class SparkSubmit implements Contender {

  /** What the local cluster gives ours. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final ProductCluster cluster;
  private final String name;
  private final Map<String, String> more;

  private SparkSubmit(ProductCluster cluster, String name, Map<String, String> more) {
    this.cluster = cluster;
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
            QUICK_START,
            "spark.executor.extraJavaOptions",
            QUICK_START));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> submission(String app, Path stamps) {
    Path home = cluster.stockSpark().resolve("opt/spark");
    List<String> command =
        new ArrayList<>(
            List.of(
                home.resolve("bin/spark-submit").toString(),
                "--master",
                "k8s://" + cluster.endpoint(),
                "--deploy-mode",
                "cluster",
                "--name",
                app,
                "--class",
                ProductCluster.PROGRAM));
    Stream.of(properties(app, home), more)
        .flatMap(properties -> properties.entrySet().stream())
        .forEach(each -> command.addAll(List.of("--conf", each.getKey() + "=" + each.getValue())));
    command.add("local://" + cluster.examples());
    command.add(Integer.toString(ProductCluster.TASKS));
    command.add(ProductCluster.unmapped(stamps));
    return command;
  }

  private Map<String, String> properties(String app, Path home) {
    return Map.ofEntries(
        Map.entry("spark.executor.instances", "2"),
        Map.entry("spark.executor.cores", "1"),
        Map.entry("spark.executor.memory", "1g"),
        Map.entry("spark.driver.memory", "1g"),
        Map.entry("spark.kubernetes.namespace", ProductCluster.NAMESPACE),
        Map.entry("spark.kubernetes.container.image", ProductCluster.STOCK_IMAGE),
        Map.entry("spark.kubernetes.driver.pod.name", driver(app)),
        Map.entry("spark.kubernetes.executor.podNamePrefix", app),
        Map.entry("spark.kubernetes.driver.podTemplateFile", home + "/driver.yaml"),
        Map.entry("spark.kubernetes.authenticate.driver.serviceAccountName", "stock-spark"),
        // The local cluster has no DNS: neither the API server's name nor a Service's is known.
        Map.entry("spark.kubernetes.driver.master", cluster.endpoint().toString()),
        Map.entry("spark.kubernetes.executor.useDriverPodIP", "true"),
        Map.entry("spark.kubernetes.submission.waitAppCompletion", "false"));
  }

  private static String driver(String app) {
    return app + "-driver";
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "KUBECONFIG",
        cluster.kubeconfig().toString(),
        "SPARK_HOME",
        cluster.stockSpark().resolve("opt/spark").toString());
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
