package io.sparkapp.bench.longjob;

import io.fabric8.kubernetes.api.model.PodList;
import io.sparkapp.bench.firsttask.ProductCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A SparkApp on the local cluster. */
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

  /**
   * Takes back what the local cluster gives: as on a cluster, the JVM chooses. The thresholds are
   * those that Java 17 has by itself.
   */
  static final String JVMS_OWN_CHOICE =
      "-XX:-UseSerialGC -XX:+UseG1GC -XX:TieredStopAtLevel=4 -XX:Tier4InvocationThreshold=5000"
          + " -XX:Tier4MinInvocationThreshold=600 -XX:Tier4CompileThreshold=15000"
          + " -XX:Tier4BackEdgeThreshold=40000";

  private final ProductCluster cluster;
  private final String javaOptions;

  /**
   * @param javaOptions besides what the local cluster gives an application that asks for nothing
   */
  OnOurs(ProductCluster cluster, String javaOptions) {
    this.cluster = cluster;
    this.javaOptions = System.getProperty("java.options", javaOptions);
  }

  @Override
  public String name() {
    return "ours";
  }

  @Override
  public void run(String app, Job job, Path result) {
    String chosen = javaOptions.isBlank() ? "" : ", javaOptions: \"" + javaOptions + "\"";
    String manifest =
        MANIFEST.formatted(
            app,
            ProductCluster.NAMESPACE,
            Job.PROGRAM,
            String.join("\", \"", job.arguments(result)),
            chosen,
            Job.EXECUTORS,
            chosen,
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
