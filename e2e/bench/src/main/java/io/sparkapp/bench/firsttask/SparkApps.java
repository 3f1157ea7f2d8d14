package io.sparkapp.bench.firsttask;

import io.sparkapp.bench.apiserver.Results;
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

  SparkApps(ProductCluster cluster) {
    this.cluster = cluster;
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
    return cluster.succeeded(app);
  }

  @Override
  public void delete(String app) {
    cluster.delete(app);
  }

  @Override
  public Duration servants() {
    return cluster.operatorCpu();
  }
}
