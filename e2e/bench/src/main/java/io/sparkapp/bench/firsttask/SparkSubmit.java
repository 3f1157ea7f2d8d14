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
public final class SparkSubmit implements Contender {

  private final Place place;
  private final StockSpark spark;
  private final String name;
  private final String how;
  private final Map<String, String> more;

  private SparkSubmit(Place place, String name, String how, Map<String, String> more) {
    this.place = place;
    this.spark = place.spark();
    this.name = name;
    this.how = how;
    this.more = more;
  }

  /** As it comes. */
  public static SparkSubmit plain(Place place) {
    return new SparkSubmit(place, "spark-submit", "", Map.of());
  }

  /** With the JVM options that ours has on the local cluster. */
  static SparkSubmit withOurJvmOptions(ProductCluster cluster) {
    return new SparkSubmit(
        cluster,
        "spark-submit-tuned",
        ", same JVM options",
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
  public String how() {
    return how;
  }

  @Override
  public List<String> submission(String app, Path stamps) {
    Map<String, String> properties = new HashMap<>(properties(app));
    properties.putAll(place.stockProperties(app));
    properties.putAll(more);
    return spark.submission(
        "cluster",
        app,
        properties,
        new StockSpark.Program(place.stockJar(), StampedPi.CLASS, StampedPi.arguments(stamps)));
  }

  private Map<String, String> properties(String app) {
    return Map.of(
        "spark.executor.instances",
        "2",
        "spark.executor.cores",
        "1",
        "spark.executor.memory",
        "1g",
        "spark.driver.memory",
        "1g",
        "spark.kubernetes.namespace",
        place.namespace(),
        "spark.kubernetes.driver.pod.name",
        driver(app),
        "spark.kubernetes.executor.podNamePrefix",
        app,
        "spark.kubernetes.authenticate.driver.serviceAccountName",
        "stock-spark",
        "spark.kubernetes.submission.waitAppCompletion",
        "false");
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
        place.admin().pods().inNamespace(place.namespace()).withName(driver(app)).require();
    if ("Failed".equals(driver.getStatus().getPhase())) {
      throw new IllegalStateException(driver(app) + " has failed.");
    }
    return "Succeeded".equals(driver.getStatus().getPhase());
  }

  @Override
  public void delete(String app) {
    place.admin().pods().inNamespace(place.namespace()).withName(driver(app)).delete();
  }

  @Override
  public Duration servants() {
    return Duration.ZERO;
  }
}
