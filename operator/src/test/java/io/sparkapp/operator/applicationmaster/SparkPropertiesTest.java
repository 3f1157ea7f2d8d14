package io.sparkapp.operator.applicationmaster;

import static io.sparkapp.operator.applicationmaster.CreatedPods.MAIN;
import static io.sparkapp.operator.applicationmaster.CreatedPods.created;
import static io.sparkapp.operator.applicationmaster.CreatedPods.env;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which properties of Spark reach the driver and its executors, and where they are from. */
class SparkPropertiesTest {

  @Test
  void dependenciesBecomeSparksOwnPropertiesForTheDriverToResolve() {
    Pod driver =
        created(
                MAIN
                    + """
                    dependencies:
                      jars: ["s3a://libs/a.jar"]
                      files: ["https://acme.com/names.txt"]
                      pyFiles: ["local:///opt/etl.zip"]
                      archives: ["https://acme.com/env.tgz#env"]
                      packages: ["org.postgresql:postgresql:42.7.4"]
                      excludePackages: ["org.slf4j:slf4j-api"]
                      repositories: ["https://repo.acme.com/maven"]
                    sparkConf:
                      spark.jars: "local:///opt/b.jar"
                      spark.jars.packages: "com.acme:a:1,com.acme:b:2"
                    """)
            .pod("flights-1-driver");

    Container container = driver.getSpec().getContainers().get(0);
    Map<?, ?> conf = Serialization.unmarshal(env(container, "SPARKAPP_CONF"), Map.class);
    assertThat(conf.get("spark.jars"))
        .isEqualTo("local:///opt/app.jar,s3a://libs/a.jar,local:///opt/b.jar");
    assertThat(conf.get("spark.files")).isEqualTo("https://acme.com/names.txt");
    assertThat(conf.get("spark.submit.pyFiles")).isEqualTo("local:///opt/etl.zip");
    assertThat(conf.get("spark.archives")).isEqualTo("https://acme.com/env.tgz#env");
    assertThat(conf.get("spark.jars.packages"))
        .isEqualTo("org.postgresql:postgresql:42.7.4,com.acme:a:1,com.acme:b:2");
    assertThat(conf.get("spark.jars.excludes")).isEqualTo("org.slf4j:slf4j-api");
    assertThat(conf.get("spark.jars.repositories")).isEqualTo("https://repo.acme.com/maven");
  }

  @Test
  void propertiesOfHadoopAndPropertiesFromElsewhereReachTheDriver() {
    FakeCluster cluster =
        created(
            MAIN
                + """
                hadoopConf: {fs.s3a.endpoint: "http://minio:9000"}
                sparkConfFrom: [{configMap: tuning}, {secret: keys}]
                hadoopConfFrom: [{configMap: hdfs}]
                imagePullSecrets: [mine]
                """);

    Pod driver = cluster.pod("flights-1-driver");
    Container container = driver.getSpec().getContainers().get(0);
    assertThat(env(container, "SPARKAPP_CONF"))
        .contains("\"spark.hadoop.fs.s3a.endpoint\":\"http://minio:9000\"");
    assertThat(env(container, "SPARKAPP_SPARK_CONF_FROM"))
        .isEqualTo("/etc/sparkapp/spark-conf/0:/etc/sparkapp/spark-conf/1");
    assertThat(env(container, "SPARKAPP_HADOOP_CONF_FROM"))
        .isEqualTo("/etc/sparkapp/hadoop-conf/0");
    assertThat(container.getVolumeMounts())
        .filteredOn(mount -> mount.getMountPath().startsWith("/etc/sparkapp/"))
        .hasSize(3)
        .allSatisfy(mount -> assertThat(mount.getReadOnly()).isTrue());
    assertThat(cluster.required())
        .containsExactlyInAnyOrder(
            new Reference(Reference.Kind.ConfigMap, "tuning", Optional.empty()),
            new Reference(Reference.Kind.Secret, "keys", Optional.empty()),
            new Reference(Reference.Kind.ConfigMap, "hdfs", Optional.empty()));
    assertThat(driver.getSpec().getImagePullSecrets())
        .extracting(LocalObjectReference::getName)
        .containsExactly("registry", "mine");
    assertThat(cluster.pod("flights-1-exec-1").getSpec().getImagePullSecrets()).hasSize(2);
  }

  @Test
  void minAndMaxTurnSparksDynamicAllocationOnAndLetIdleExecutorsHandOverWhatTheyHold() {
    FakeCluster cluster = created(MAIN + "executor: {min: 1, max: 20, instances: 3}\n");

    assertThat(cluster.podNames()).contains("flights-1-exec-3").doesNotContain("flights-1-exec-4");
    Container driver = cluster.pod("flights-1-driver").getSpec().getContainers().get(0);
    assertThat(env(driver, "SPARKAPP_CONF"))
        .contains(
            "\"spark.dynamicAllocation.enabled\":\"true\"",
            "\"spark.dynamicAllocation.minExecutors\":\"1\"",
            "\"spark.dynamicAllocation.maxExecutors\":\"20\"",
            "\"spark.dynamicAllocation.initialExecutors\":\"3\"",
            "\"spark.decommission.enabled\":\"true\"",
            "\"spark.dynamicAllocation.shuffleTracking.enabled\":\"false\"");
  }

  @Test
  void whoWantsShuffleTrackingInsteadSaysSo() {
    FakeCluster cluster =
        created(
            MAIN
                + "executor: {max: 20}\n"
                + "sparkConf: {spark.dynamicAllocation.shuffleTracking.enabled: \"true\"}\n");

    Container driver = cluster.pod("flights-1-driver").getSpec().getContainers().get(0);
    assertThat(env(driver, "SPARKAPP_CONF"))
        .contains("\"spark.dynamicAllocation.shuffleTracking.enabled\":\"true\"");
  }

  @Test
  void executorsStartWithTheConfNeededToReachTheDriverAndNoMore() {
    Pod executor =
        created(
                MAIN
                    + "sparkConf: {spark.rpc.askTimeout: 30s, spark.sql.ansi.enabled: \"true\","
                    + " spark.blockManager.port: \"7100\"}")
            .pod("flights-1-exec-1");

    Map<?, ?> conf =
        Serialization.unmarshal(
            env(executor.getSpec().getContainers().get(0), "SPARKAPP_EXECUTOR_CONF"), Map.class);
    assertThat(conf.keySet().stream().map(Object::toString).toList())
        .containsExactlyInAnyOrder(
            "spark.authenticate",
            "spark.blockManager.port",
            "spark.network.crypto.enabled",
            "spark.rpc.askTimeout");
  }
}
