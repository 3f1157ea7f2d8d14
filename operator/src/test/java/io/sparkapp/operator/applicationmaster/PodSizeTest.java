package io.sparkapp.operator.applicationmaster;

import static io.sparkapp.operator.applicationmaster.CreatedPods.MAIN;
import static io.sparkapp.operator.applicationmaster.CreatedPods.created;
import static io.sparkapp.operator.applicationmaster.CreatedPods.env;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;

/** How much memory and CPU pods ask for. */
class PodSizeTest {

  @Test
  void memoryIsComputedAsSparkDoes() {
    Pod small = created(MAIN + "executor: {memory: 1g}").pod("flights-1-exec-1");
    Pod large = created(MAIN + "executor: {memory: 10Gi}").pod("flights-1-exec-1");
    Pod written =
        created(MAIN + "executor: {memory: 2g, memoryOverhead: 1g}").pod("flights-1-exec-1");

    assertThat(limit(small)).isEqualTo("1408Mi");
    assertThat(limit(large)).isEqualTo("11264Mi");
    assertThat(limit(written)).isEqualTo("3072Mi");
  }

  @Test
  void memoryBeyondTheHeapIsTheShareThatSparksPropertiesSay() {
    FakeCluster cluster =
        created(
            MAIN
                + """
                sparkConf:
                  spark.executor.memoryOverheadFactor: "0.5"
                  spark.driver.minMemoryOverhead: 512m
                driver: {memory: 1g}
                executor: {instances: 1, memory: 8g}
                """);

    assertThat(limit(cluster.pod("flights-1-exec-1"))).isEqualTo("12288Mi");
    assertThat(limit(cluster.pod("flights-1-driver"))).isEqualTo("1536Mi");
  }

  @Test
  void pythonGetsRoomForItsProcessesBesideTheJvms() {
    FakeCluster cluster = created("main: {python: \"local:///app.py\"}\nexecutor: {memory: 2g}\n");

    assertThat(limit(cluster.pod("flights-1-exec-1"))).isEqualTo("2867Mi");
    assertThat(limit(cluster.pod("flights-1-driver"))).isEqualTo("1433Mi");
    Container driver = cluster.pod("flights-1-driver").getSpec().getContainers().get(0);
    assertThat(env(driver, "SPARKAPP_MAIN")).isEqualTo("{\"python\":\"local:///app.py\"}");
  }

  @Test
  void cpuIsRequestedAsManyAsCoresUnlessTheUserSaysLess() {
    FakeCluster plain = created(MAIN + "executor: {cores: 2}");
    FakeCluster less = created(MAIN + "driver: {cpuRequest: 100m}\nexecutor: {cpuRequest: 500m}");

    assertThat(cpu(plain, "flights-1-exec-1")).isEqualTo("2");
    assertThat(cpu(plain, "flights-1-driver")).isEqualTo("1");
    assertThat(cpu(less, "flights-1-exec-1")).isEqualTo("500m");
    assertThat(cpu(less, "flights-1-driver")).isEqualTo("100m");
  }

  private static String limit(Pod pod) {
    return pod.getSpec().getContainers().get(0).getResources().getLimits().get("memory").toString();
  }

  private static String cpu(FakeCluster cluster, String pod) {
    Container container = cluster.pod(pod).getSpec().getContainers().get(0);
    return container.getResources().getRequests().get("cpu").toString();
  }
}
