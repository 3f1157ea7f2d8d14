package io.sparkapp.bench.longjob;

import io.fabric8.kubernetes.api.model.PodList;
import io.sparkapp.bench.firsttask.ProductCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A SparkApp on the local cluster, with what it gives an application that asks for nothing. */
final class OnOurs implements Contender {

  private static final String MANIFEST =
      """
      apiVersion: sparkapp.io/v1alpha1
      kind: SparkApp
      metadata: {name: %s, namespace: %s}
      spec:
        main:
          jar: local:///opt/sparkapp/examples/sparkapp-examples.jar
          class: %s
          args: ["%s"]
        driver: {cores: 1, memory: 1g%s}
        executor: {cores: 1, memory: 1g, instances: %d%s}
        sparkConf: {%s}
      """;

  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final ProductCluster cluster;

  OnOurs(ProductCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public String name() {
    return "ours";
  }

  @Override
  public void run(String app, Job job, Path result) {
    String chosen = System.getProperty("java.options", "");
    String javaOptions = chosen.isBlank() ? "" : ", javaOptions: \"" + chosen + "\"";
    String manifest =
        MANIFEST.formatted(
            app,
            ProductCluster.NAMESPACE,
            Job.PROGRAM,
            String.join("\", \"", job.arguments(result)),
            javaOptions,
            Job.EXECUTORS,
            javaOptions,
            System.getProperty("spark.conf", ""));
    cluster.admin().resource(manifest).inNamespace(ProductCluster.NAMESPACE).create();
    await().until(() -> cluster.succeeded(app));
    cluster.delete(app);
    await().until(() -> pods().getItems().isEmpty());
  }

  private PodList pods() {
    return cluster.admin().pods().inNamespace(ProductCluster.NAMESPACE).list();
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(LONGEST).pollInterval(BETWEEN_LOOKS);
  }
}
