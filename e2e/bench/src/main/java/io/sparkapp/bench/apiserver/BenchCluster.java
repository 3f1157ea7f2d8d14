package io.sparkapp.bench.apiserver;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.sparkapp.bench.stock.StockSpark;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.local.archives.OperatorArchive;
import io.sparkapp.local.controllers.ClusterControllers;
import io.sparkapp.local.controlplane.ControlPlane;
import io.sparkapp.operator.OperatorMain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * An etcd and a kube-apiserver of the measurement's own, empty at its start, with our CRDs and the
 * operator's ClusterRole. There is no node: pods are created, and nothing runs.
 */
final class BenchCluster implements AutoCloseable {

  private static final int PARALLEL_REQUESTS = 256;

  private final OperatorArchive operator;
  private final ControlPlane plane;
  private final KubernetesClient admin;

  private BenchCluster(OperatorArchive operator, ControlPlane plane, KubernetesClient admin) {
    this.operator = operator;
    this.plane = plane;
    this.admin = admin;
  }

  static BenchCluster start() throws IOException {
    OperatorArchive operator = OperatorArchive.make(home(), Results.file("operator"));
    ControlPlane plane =
        ControlPlane.start(ControlPlane.Options.in(Files.createTempDirectory("sparkapp-bench")));
    Config config = Config.fromKubeconfig(Files.readString(plane.adminKubeconfig()));
    BenchCluster cluster =
        new BenchCluster(
            operator,
            plane,
            new KubernetesClientBuilder()
                .withConfig(
                    new ConfigBuilder(config)
                        .withMaxConcurrentRequests(PARALLEL_REQUESTS)
                        .withMaxConcurrentRequestsPerHost(PARALLEL_REQUESTS)
                        .build())
                .build());
    cluster.install();
    return cluster;
  }

  private void install() throws IOException {
    for (String file :
        List.of(
            "/io/sparkapp/crds/sparkapps.sparkapp.io-v1.yml",
            "/io/sparkapp/crds/executorrequests.sparkapp.io-v1.yml",
            "/io/sparkapp/crds/scheduledsparkapps.sparkapp.io-v1.yml",
            "/io/sparkapp/crds/sparkqueues.sparkapp.io-v1.yml",
            "/io/sparkapp/operator/rbac.yaml")) {
      try (InputStream in = OperatorMain.class.getResourceAsStream(file)) {
        admin.load(in).items().forEach(item -> admin.resource(item).create());
      }
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () ->
                admin.resources(SparkApp.class).inAnyNamespace().list() != null
                    && admin.resources(ScheduledSparkApp.class).inAnyNamespace().list() != null
                    && admin.resources(SparkQueue.class).list() != null);
  }

  ControlPlane plane() {
    return plane;
  }

  /** May do everything. */
  KubernetesClient admin() {
    return admin;
  }

  /** The checkout. */
  static Path home() {
    return Path.of(System.getProperty("sparkapp.bench.home")).toAbsolutePath();
  }

  /** The operator as it was built, with the archive that its image would have. */
  OperatorArchive operator() {
    return operator;
  }

  /** Spark as it comes, which may do everything here too. */
  StockSpark spark() throws IOException, InterruptedException {
    return new StockSpark(StockSpark.laidOut(home()), plane.endpoint(), plane.adminKubeconfig());
  }

  /**
   * Garbage collection by owners, as the local cluster has it; there is no node to bind pods to.
   */
  ClusterControllers controllers() {
    return ClusterControllers.start(admin, "none", plane.certificates().serverCa());
  }

  /** A namespace with the account that pods have when they name none, and with others. */
  void namespace(String name, String... accounts) {
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    account(name, "default");
    List.of(accounts).forEach(each -> account(name, each));
  }

  private void account(String namespace, String name) {
    admin
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .build())
        .create();
  }

  @Override
  public void close() {
    admin.close();
    Path directory = plane.adminKubeconfig().getParent();
    plane.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The cluster's files can not be removed", e);
    }
  }
}
