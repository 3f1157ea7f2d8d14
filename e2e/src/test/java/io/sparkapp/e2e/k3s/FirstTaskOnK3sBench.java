package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.bench.Row;
import io.sparkapp.bench.firsttask.ByTurns;
import io.sparkapp.bench.firsttask.Place;
import io.sparkapp.bench.firsttask.PodProcesses;
import io.sparkapp.bench.firsttask.SparkApps;
import io.sparkapp.bench.firsttask.SparkSubmit;
import io.sparkapp.bench.stock.StockSpark;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * From apply to the first task beside {@code spark-submit --deploy-mode cluster}, on one k3s node,
 * images already there. {@code e2e/bench/on-k3s} runs it, and lays out Spark's own before; the
 * build does not.
 */
@ExtendWith(DockerAvailable.class)
class FirstTaskOnK3sBench {

  private static final int MINUTES = 30;

  @Test
  @Timeout(value = MINUTES, unit = TimeUnit.MINUTES)
  void oursAndSparkSubmitByTurns() throws Exception {
    Path stamps = Files.createDirectories(ByTurns.stamps());
    Path stock = StockSpark.archived(Home.of(""));
    try (Cluster cluster = Cluster.start(stamps)) {
      cluster.node().load(List.of(stock));
      cluster.chart().ensureInstalled();
      Place k3s = new OnNode(cluster, stamps);
      k3s.spark().prepare(k3s.admin(), k3s.namespace());
      List<Row> rows =
          new ByTurns("first-task-on-k3s", " on k3s")
              .measure(new SparkApps(k3s), List.of(SparkSubmit.plain(k3s)));
      assertThat(rows).isNotEmpty();
    }
  }

  /**
   * The node, with Docker on this machine.
   *
   * @param stamps a folder of the node where tasks leave the times at which they run
   */
  private record OnNode(Cluster cluster, Path stamps) implements Place {

    /** Three whole cores, beside the operators, would not fit a machine of two. */
    private static final String CPU_REQUEST = "100m";

    private static final String TEMPLATE =
        "{spec: {volumes: [{name: stamps, hostPath: {path: %1$s, type: Directory}}],"
            + " containers: [{name: executor, volumeMounts: [{name: stamps, mountPath: %1$s}]}]}}";

    @Override
    public KubernetesClient admin() {
      return cluster.client();
    }

    @Override
    public Path kubeconfig() {
      return cluster.node().kubeconfig();
    }

    @Override
    public String kubectl() {
      return "kubectl";
    }

    @Override
    public String namespace() {
      return "first-task";
    }

    @Override
    public StockSpark spark() {
      return new StockSpark(
          Home.of("e2e/bench/target/stock-spark"),
          URI.create(cluster.client().getConfiguration().getMasterUrl()),
          kubeconfig());
    }

    @Override
    public String stockJar() {
      return "local:///opt/sparkapp/examples/sparkapp-examples.jar";
    }

    @Override
    public Map<String, String> stockProperties(String app) {
      String volume = "spark.kubernetes.executor.volumes.hostPath.stamps.";
      return Map.of(
          "spark.kubernetes.container.image",
          "stock-spark:measured",
          "spark.kubernetes.driver.request.cores",
          CPU_REQUEST,
          "spark.kubernetes.executor.request.cores",
          CPU_REQUEST,
          volume + "mount.path",
          stamps.toString(),
          volume + "options.path",
          stamps.toString(),
          volume + "options.type",
          "Directory");
    }

    @Override
    public Map<String, String> driverFields() {
      return Map.of("cpuRequest", CPU_REQUEST);
    }

    @Override
    public Map<String, String> executorFields() {
      return Map.of("cpuRequest", CPU_REQUEST, "template", TEMPLATE.formatted(stamps));
    }

    @Override
    public Duration operatorCpu() {
      return new PodProcesses("sparkapp-operator").cpu();
    }
  }
}
