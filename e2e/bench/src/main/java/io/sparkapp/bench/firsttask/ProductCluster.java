package io.sparkapp.bench.firsttask;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.bench.stock.StockSpark;
import io.sparkapp.local.QuickStart;
import io.sparkapp.local.RunningCluster;
import io.sparkapp.local.archives.SparkArchives;
import io.sparkapp.local.controlplane.ControlPlane;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * The local cluster as {@code sparkapp local up} starts it, of the measurement's own, with an image
 * of stock Spark besides.
 */
public final class ProductCluster implements Place, AutoCloseable {

  /** Of all applications. */
  public static final String NAMESPACE = "first-task";

  /** What it starts executors with. */
  public static final String EXECUTOR_OPTIONS =
      QuickStart.OPTIONS + " " + QuickStart.EXECUTOR_OPTIONS;

  private static final String STOCK_IMAGE = "stock-spark";

  private final Path home;
  private final Path state;
  private final Path stockSpark;
  private final RunningCluster cluster;
  private final KubernetesClient admin;

  private ProductCluster(Path home, Path state, Path stockSpark, RunningCluster cluster) {
    this.home = home;
    this.state = state;
    this.stockSpark = stockSpark;
    this.cluster = cluster;
    this.admin = ControlPlane.client(cluster.kubeconfig());
  }

  /** Starts one, and waits until applications on it start as they will from then on. */
  public static ProductCluster start() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("sparkapp.bench.home")).toAbsolutePath();
    Path state = Files.createTempDirectory("sparkapp-first-task");
    Path stockSpark = StockSpark.laidOut(home);
    sparkapp(home, state, stockSpark, "up");
    RunningCluster running =
        RunningCluster.in(state)
            .orElseThrow(() -> new IllegalStateException("The local cluster is not up."));
    ProductCluster cluster = new ProductCluster(home, state, stockSpark, running);
    try {
      cluster.spark().prepare(cluster.admin(), NAMESPACE);
      cluster.awaitArchives();
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static void sparkapp(Path home, Path state, Path stockSpark, String what)
      throws IOException, InterruptedException {
    new TimedCommand(
            List.of(home.resolve("sparkapp").toString(), "local", what),
            Map.of(
                "SPARKAPP_LOCAL_DIR",
                state.toString(),
                "SPARKAPP_LOCAL_IMAGES",
                STOCK_IMAGE + "=" + stockSpark))
        .run();
  }

  /** They are made in the background, once for each build: not while something is measured. */
  private void awaitArchives() {
    SparkArchives archives =
        SparkArchives.in(
            home.resolve("target/class-data"),
            home.resolve("executor-image/target/image"),
            home.resolve("driver-image/target/image"),
            home.resolve("examples/target/image"));
    Awaitility.await().atMost(Duration.ofMinutes(5)).until(archives::made);
  }

  @Override
  public KubernetesClient admin() {
    return admin;
  }

  @Override
  public Path kubeconfig() {
    return cluster.kubeconfig();
  }

  @Override
  public String kubectl() {
    return cluster.kubectl().map(Path::toString).orElse("kubectl");
  }

  @Override
  public String namespace() {
    return NAMESPACE;
  }

  @Override
  public StockSpark spark() {
    return new StockSpark(stockSpark, cluster.endpoint(), cluster.kubeconfig());
  }

  @Override
  public String stockJar() {
    return "local://" + examples();
  }

  @Override
  public Map<String, String> stockProperties(String app) {
    return Map.of(
        "spark.kubernetes.container.image",
        STOCK_IMAGE,
        "spark.kubernetes.driver.podTemplateFile",
        spark().home() + "/driver.yaml",
        // The local cluster has no DNS: neither the API server's name nor a Service's is known.
        "spark.kubernetes.driver.master",
        cluster.endpoint().toString(),
        "spark.kubernetes.executor.useDriverPodIP",
        "true");
  }

  @Override
  public Map<String, String> driverFields() {
    return Map.of();
  }

  @Override
  public Map<String, String> executorFields() {
    return Map.of();
  }

  /** The jar with the program, outside of any image. */
  public Path examples() {
    return home.resolve("examples/target/image/opt/sparkapp/examples/sparkapp-examples.jar");
  }

  /** As the program wants it: the local cluster maps no path without its first slash. */
  public static String unmapped(Path path) {
    return Path.of("/").relativize(path.toAbsolutePath()).toString();
  }

  @Override
  public Duration operatorCpu() {
    return ProcessHandle.of(cluster.operatorPid().orElseThrow())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow(() -> new IllegalStateException("The operator does not run any more."));
  }

  @Override
  public void close() throws IOException {
    admin.close();
    try {
      sparkapp(home, state, stockSpark, "down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The local cluster is still up in " + state + ".");
    }
    try (var files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
