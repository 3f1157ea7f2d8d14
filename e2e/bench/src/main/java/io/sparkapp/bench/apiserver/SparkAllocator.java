package io.sparkapp.bench.apiserver;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.bench.Child;
import io.sparkapp.bench.stock.StockSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * Executors' pods as Spark's own Kubernetes backend makes them: a driver in client mode, with all
 * settings of the allocator as they come. Its job waits for executors that never run; the allocator
 * does not wait for them, it wants to see the pods of a batch before it makes the next.
 */
record SparkAllocator(KubernetesClient admin, StockSpark spark, String namespace) {

  private static final Duration START = Duration.ofMinutes(2);
  private static final String MAIN = "io.sparkapp.examples.Pi";

  /** Seconds from the first pod, so that the driver's start does not count, to the last. */
  double seconds(int executors) throws IOException {
    Path log = Results.file("spark-allocator.log");
    try (Births births = new Births(admin, namespace, "spark-role", "executor");
        Child driver =
            new Child(spark.start(submission(executors), log.toFile()), "Spark's driver", log)) {
      Awaitility.await()
          .atMost(START)
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                driver.requireAlive();
                return births.born() > 0;
              });
      return births.awaitBorn(executors, System.nanoTime());
    } finally {
      admin.pods().inNamespace(namespace).delete();
    }
  }

  private List<String> submission(int executors) {
    return spark.submission(
        "client",
        "allocated-" + executors,
        Map.of(
            "spark.executor.instances",
            Integer.toString(executors),
            "spark.executor.cores",
            "2",
            "spark.executor.memory",
            "4g",
            "spark.kubernetes.namespace",
            namespace,
            "spark.kubernetes.container.image",
            "spark"),
        new StockSpark.Program(
            BenchCluster.home()
                .resolve("examples/target/image/opt/sparkapp/examples/sparkapp-examples.jar")
                .toString(),
            MAIN,
            List.of()));
  }
}
