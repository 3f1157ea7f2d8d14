package io.sparkapp.bench.apiserver;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.bench.stock.StockSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Applications submitted by {@code spark-submit --deploy-mode cluster}, some at a time. */
record SparkSubmissions(KubernetesClient admin, StockSpark spark, String namespace) {

  /** At a time. */
  static final int PARALLEL = 4;

  /** Seconds from the start of the first to the last driver's pod. */
  double seconds(int applications) throws InterruptedException {
    try (Births births = new Births(admin, namespace, "spark-role", "driver")) {
      long began = System.nanoTime();
      Parallel.times(applications, PARALLEL, this::submit);
      return births.awaitBorn(applications, began);
    }
  }

  private void submit(int number) {
    Path log = Results.file("spark-submissions.log");
    try {
      if (spark.start(submission("submitted" + number), log.toFile()).waitFor() != 0) {
        throw new IllegalStateException("A spark-submit has failed; see " + log + ".");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("spark-submit does not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As {@link Applications} has it. */
  private List<String> submission(String app) {
    return spark.submission(
        "cluster",
        app,
        Map.ofEntries(
            Map.entry("spark.driver.cores", "1"),
            Map.entry("spark.driver.memory", "2g"),
            Map.entry("spark.executor.instances", "2"),
            Map.entry("spark.executor.cores", "2"),
            Map.entry("spark.executor.memory", "4g"),
            Map.entry("spark.sql.shuffle.partitions", "64"),
            Map.entry("spark.sql.adaptive.enabled", "true"),
            Map.entry("spark.serializer", "org.apache.spark.serializer.KryoSerializer"),
            Map.entry("spark.eventLog.enabled", "true"),
            Map.entry("spark.eventLog.dir", "s3a://acme-lake/history"),
            Map.entry("spark.kubernetes.namespace", namespace),
            Map.entry("spark.kubernetes.container.image", "spark"),
            Map.entry("spark.kubernetes.submission.waitAppCompletion", "false")),
        new StockSpark.Program(
            "local:///opt/app/flights.jar",
            "com.acme.flights.Delays",
            List.of("--input", "s3a://acme-lake/flights/2013")));
  }
}
