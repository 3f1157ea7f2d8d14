package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.Phase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cores, memory, GPUs and the like of executors, by ResourceProfile. */
class ResourceProfilesTest {

  private static final String MAIN =
      "main: {jar: \"local:///opt/app.jar\", class: com.acme.Main}\n";

  @Test
  void whatIsOffTheHeapIsPartOfThePodsMemoryAndNotOfTheOverhead() {
    FakeCluster cluster =
        started(
            MAIN
                + "executor: {memory: 1g}\n"
                + "sparkConf: {spark.memory.offHeap.enabled: \"true\","
                + " spark.memory.offHeap.size: \"536870912\"}\n");

    assertThat(limits(cluster, "flights-1-exec-1")).containsEntry("memory", "1920Mi");
    assertThat(cluster.request().getSpec().asks().get(0).memoryOverhead()).isEqualTo("896m");
    assertThat(conf(cluster)).contains("\"spark.executor.memoryOverhead\":\"384m\"");
  }

  @Test
  void offHeapMemoryThatIsNotTurnedOnCostsNothing() {
    FakeCluster cluster =
        started(MAIN + "executor: {memory: 1g}\nsparkConf: {spark.memory.offHeap.size: 2g}\n");

    assertThat(limits(cluster, "flights-1-exec-1")).containsEntry("memory", "1408Mi");
  }

  @Test
  void pythonsMemoryIsPartOfThePodsOnlyWherePythonRuns() {
    String conf = "sparkConf: {spark.executor.pyspark.memory: \"512\"}\n";

    FakeCluster python = started("main: {python: \"local:///app.py\"}\n" + conf);
    assertThat(limits(python, "flights-1-exec-1")).containsEntry("memory", "1945Mi");
    assertThat(conf(python)).contains("\"spark.kubernetes.resource.type\":\"python\"");
    FakeCluster java = started(MAIN + conf);
    assertThat(limits(java, "flights-1-exec-1")).containsEntry("memory", "1408Mi");
    assertThat(conf(java)).contains("\"spark.kubernetes.resource.type\":\"java\"");
  }

  @Test
  void memoryThatIsNoneIsRefusedWithItsProperty() {
    FakeCluster cluster =
        started(
            MAIN
                + "sparkConf: {spark.memory.offHeap.enabled: \"true\","
                + " spark.memory.offHeap.size: lots}\n");

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .isEqualTo(
            "sparkConf sets spark.memory.offHeap.size to \"lots\", which is no amount of memory.");
  }

  @Test
  void driverAndExecutorsGetTheGpusThatTheirPropertiesAskFor() {
    FakeCluster cluster =
        started(
            MAIN
                + """
                sparkConf:
                  spark.executor.resource.gpu.amount: "2"
                  spark.executor.resource.gpu.vendor: nvidia.com
                  spark.driver.resource.fpga.amount: "1"
                  spark.driver.resource.fpga.vendor: xilinx.com
                """);

    assertThat(limits(cluster, "flights-1-exec-1"))
        .containsEntry("nvidia.com/gpu", "2")
        .doesNotContainKey("xilinx.com/fpga");
    assertThat(limits(cluster, "flights-1-driver"))
        .containsEntry("xilinx.com/fpga", "1")
        .doesNotContainKey("nvidia.com/gpu");
    assertThat(resources(cluster, "flights-1-exec-1").getRequests()).containsKey("nvidia.com/gpu");
  }

  @Test
  void aGpuWithoutAVendorIsRefusedWithWhatToSet() {
    FakeCluster cluster =
        started(MAIN + "sparkConf: {spark.executor.resource.gpu.amount: \"1\"}\n");

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .startsWith(
            "sparkConf asks for gpu without a vendor: set spark.executor.resource.gpu.vendor;");
    assertThat(cluster.podNames()).isEmpty();
  }

  @Test
  void aProgramsProfileWithoutAVendorEndsTheApplicationWithWhatToWrite() {
    FakeCluster cluster = started(MAIN).driverRuns().executorsRun().reconcile();

    cluster.driverWrites(spec -> Specs.withAsks(spec, ask(1, Map.of("gpu", "1")))).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .startsWith("ResourceProfile 1 asks for gpu without a vendor: name it in the program's");
  }

  @Test
  void whatTheTemplateAndCpuRequestSayOfResourcesIsForTheDefaultProfileOnly() {
    FakeCluster cluster =
        started(
                MAIN
                    + """
                    executor:
                      cpuRequest: 100m
                      template:
                        spec:
                          nodeSelector: {disk: fast}
                          containers:
                          - name: executor
                            resources: {limits: {hugepages-2Mi: 64Mi}}
                    """)
            .driverRuns()
            .executorsRun()
            .reconcile();

    cluster
        .driverWrites(
            spec -> Specs.withAsks(spec, Specs.ask(0, 2), ask(1, Map.of("nvidia.com/gpu", "1"))))
        .reconcile();

    assertThat(limits(cluster, "flights-1-exec-1")).containsKey("hugepages-2Mi");
    assertThat(limits(cluster, "flights-1-exec-3"))
        .containsOnlyKeys("memory", "nvidia.com/gpu")
        .containsEntry("memory", "6144Mi");
    assertThat(resources(cluster, "flights-1-exec-3").getRequests().get("cpu").toString())
        .isEqualTo("4");
    assertThat(cluster.pod("flights-1-exec-3").getSpec().getNodeSelector())
        .containsEntry("disk", "fast");
    assertThat(cluster.pod("flights-1-exec-3").getSpec().getContainers().get(0).getEnv().toString())
        .contains("SPARKAPP_RESOURCE_PROFILE, value=1");
  }

  private static Ask ask(int profile, Map<String, String> resources) {
    return new Ask(profile, 1, 4, "4096m", "2048m", resources);
  }

  private static FakeCluster started(String spec) {
    return new FakeCluster(Apps.of(spec)).reconcile();
  }

  private static ResourceRequirements resources(FakeCluster cluster, String pod) {
    return cluster.pod(pod).getSpec().getContainers().get(0).getResources();
  }

  private static Map<String, String> limits(FakeCluster cluster, String pod) {
    Map<String, String> limits = new java.util.TreeMap<>();
    resources(cluster, pod)
        .getLimits()
        .forEach((name, amount) -> limits.put(name, amount.toString()));
    return limits;
  }

  private static String conf(FakeCluster cluster) {
    return cluster.pod("flights-1-driver").getSpec().getContainers().get(0).getEnv().stream()
        .filter(each -> each.getName().equals("SPARKAPP_CONF"))
        .map(each -> each.getValue())
        .findFirst()
        .orElseThrow();
  }
}
