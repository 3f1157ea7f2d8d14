package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where executors keep shuffle files. */
class LocalStorageTest {

  private static final String MAIN =
      "main: {jar: \"local:///opt/app.jar\", class: com.acme.Main}\n";
  private static final String REUSE =
      MAIN
          + "executor: {instances: 2, localDir: {medium: Volume, size: 5g, storageClass: fast,"
          + " reuse: true}}\n";

  @Test
  void onTheNodesDiskUpToItsSize() {
    assertThat(volume(started(MAIN), 1).getEmptyDir().getMedium()).isNull();
    assertThat(volume(started(MAIN), 1).getEmptyDir().getSizeLimit()).isNull();

    Volume limited = volume(started(MAIN + "executor: {localDir: {size: 20g}}\n"), 1);
    assertThat(limited.getEmptyDir().getSizeLimit().toString()).isEqualTo("20480Mi");
  }

  @Test
  void inMemoryItIsPartOfThePodsAndOfWhatTheDriverAsksFor() {
    FakeCluster cluster =
        started(MAIN + "executor: {memory: 1g, localDir: {medium: Memory, size: 1g}}\n");

    assertThat(volume(cluster, 1).getEmptyDir().getMedium()).isEqualTo("Memory");
    assertThat(volume(cluster, 1).getEmptyDir().getSizeLimit().toString()).isEqualTo("1024Mi");
    assertThat(
            pod(cluster, 1)
                .getSpec()
                .getContainers()
                .get(0)
                .getResources()
                .getLimits()
                .get("memory")
                .toString())
        .isEqualTo("2432Mi");
    assertThat(environment(cluster.pod("flights-1-driver")).get("SPARKAPP_CONF"))
        .contains("\"spark.sparkapp.executor.localDirMemory\":\"1024m\"")
        .contains("\"spark.executor.memoryOverhead\":\"384m\"");
  }

  @Test
  void sparksOwnSwitchForMemoryIsHeard() {
    FakeCluster cluster =
        started(MAIN + "sparkConf: {spark.kubernetes.local.dirs.tmpfs: \"true\"}\n");

    assertThat(volume(cluster, 1).getEmptyDir().getMedium()).isEqualTo("Memory");
  }

  @Test
  void aVolumeOfItsOwnGoesWithThePod() {
    FakeCluster cluster =
        started(MAIN + "executor: {localDir: {medium: Volume, size: 5g, storageClass: fast}}\n");

    var claim = volume(cluster, 1).getEphemeral().getVolumeClaimTemplate().getSpec();
    assertThat(claim.getStorageClassName()).isEqualTo("fast");
    assertThat(claim.getAccessModes()).containsExactly("ReadWriteOnce");
    assertThat(claim.getResources().getRequests().get("storage").toString()).isEqualTo("5120Mi");
    assertThat(cluster.claims()).isEmpty();
  }

  @Test
  void aReplacementGetsTheVolumeOfTheExecutorThatEnded() {
    FakeCluster cluster = started(REUSE).driverRuns().executorsRun().reconcile();
    assertThat(cluster.claims()).containsOnlyKeys("flights-1-local-1", "flights-1-local-2");

    cluster.executorEnds(1, 137, "Error").reconcile();

    assertThat(claim(cluster, 3)).isEqualTo("flights-1-local-1");
    assertThat(environment(pod(cluster, 3)))
        .containsEntry("SPARK_LOCAL_DIRS", "/var/data/spark-local/spark-3/executor-3")
        .containsEntry("SPARKAPP_SWEEP_DIR", "/var/data/spark-local")
        .containsEntry("SPARKAPP_SWEEP_KEEPS", "spark-3");

    cluster.driverWrites(spec -> Specs.withAsks(spec, Specs.ask(0, 3))).reconcile();
    assertThat(claim(cluster, 4)).isEqualTo("flights-1-local-3");

    cluster.driverEnds(0, "Completed", null).reconcile();
    assertThat(cluster.claims()).as("they go with the attempt").isEmpty();
  }

  @Test
  void whatAnExecutorLeftStaysWhereSparkRecoversIt() {
    FakeCluster cluster =
        started(
            REUSE
                + "sparkConf: {spark.shuffle.sort.io.plugin.class:"
                + " org.apache.spark.shuffle.KubernetesLocalDiskShuffleDataIO}\n");

    assertThat(environment(pod(cluster, 1))).doesNotContainKey("SPARKAPP_SWEEP_DIR");
  }

  @Test
  void aTemplatesOwnVolumeWins() {
    FakeCluster cluster =
        started(
            MAIN
                + "executor: {template: {spec: {volumes: [{name: spark-local, emptyDir: {medium:"
                + " Memory}}]}}}\n");

    assertThat(volume(cluster, 1).getEmptyDir().getMedium()).isEqualTo("Memory");
  }

  private static String claim(FakeCluster cluster, int executor) {
    return volume(cluster, executor).getPersistentVolumeClaim().getClaimName();
  }

  private static Volume volume(FakeCluster cluster, int executor) {
    return pod(cluster, executor).getSpec().getVolumes().stream()
        .filter(each -> each.getName().equals("spark-local"))
        .collect(Collectors.collectingAndThen(Collectors.toList(), list -> list.get(0)));
  }

  private static Map<String, String> environment(Pod pod) {
    return pod.getSpec().getContainers().get(0).getEnv().stream()
        .filter(each -> each.getValue() != null)
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  private static Pod pod(FakeCluster cluster, int executor) {
    return cluster.pod("flights-1-exec-" + executor);
  }

  private static FakeCluster started(String spec) {
    return new FakeCluster(Apps.of(spec)).reconcile();
  }
}
