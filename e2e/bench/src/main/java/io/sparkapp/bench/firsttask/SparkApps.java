package io.sparkapp.bench.firsttask;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.bench.apiserver.Results;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Ours: {@code kubectl apply} of a SparkApp. */
final class SparkApps implements Contender {

  private static final String MANIFEST =
      """
      apiVersion: sparkapp.io/v1alpha1
      kind: SparkApp
      metadata: {name: %s, namespace: %s}
      spec:
        main:
          jar: local:///opt/sparkapp/examples/sparkapp-examples.jar
          class: %s
          args: ["%d", %s]
        driver: {cores: 1, memory: 1g}
        executor: {cores: 1, memory: 1g, instances: 2}
      """;

  private final ProductCluster cluster;
  private final KubernetesClient admin;

  SparkApps(ProductCluster cluster) {
    this.cluster = cluster;
    this.admin = cluster.admin();
  }

  @Override
  public String name() {
    return "ours";
  }

  @Override
  public List<String> submission(String app, Path stamps) {
    Path manifest = Results.file(app + ".yaml");
    try {
      Files.writeString(
          manifest,
          MANIFEST.formatted(
              app,
              ProductCluster.NAMESPACE,
              ProductCluster.PROGRAM,
              ProductCluster.TASKS,
              ProductCluster.unmapped(stamps)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(cluster.kubectl(), "apply", "-f", manifest.toString());
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("KUBECONFIG", cluster.kubeconfig().toString());
  }

  @Override
  public boolean succeeded(String app) {
    var status =
        admin
            .resources(SparkApp.class)
            .inNamespace(ProductCluster.NAMESPACE)
            .withName(app)
            .require()
            .getStatus();
    if (status != null && status.phase() == Phase.Failed) {
      throw new IllegalStateException(app + " has failed: " + status.message());
    }
    return status != null && status.phase() == Phase.Succeeded;
  }

  @Override
  public void delete(String app) {
    admin.resources(SparkApp.class).inNamespace(ProductCluster.NAMESPACE).withName(app).delete();
  }

  @Override
  public Duration servants() {
    return cluster.operatorCpu();
  }
}
