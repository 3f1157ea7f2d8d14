package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a driver outside of the cluster makes of what its user wrote. */
class ClientPlacementTest {

  @TempDir Path directory;

  @Test
  void aMasterNamesANamespaceAndPerhapsAnApplication() {
    assertThat(MasterUrl.parse("sparkapp://"))
        .isEqualTo(new MasterUrl(Optional.empty(), Optional.empty()));
    assertThat(MasterUrl.parse("sparkapp://jobs"))
        .isEqualTo(new MasterUrl(Optional.of("jobs"), Optional.empty()));
    assertThat(MasterUrl.parse("sparkapp://jobs/flights"))
        .isEqualTo(new MasterUrl(Optional.of("jobs"), Optional.of("flights")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sparkapp:///flights", "sparkapp://Jobs", "sparkapp://jobs/a/b"})
  void aMasterThatIsNoneIsRefusedWithAdvice(String master) {
    assertThatThrownBy(() -> MasterUrl.parse(master))
        .hasMessageContaining("write sparkapp://NAMESPACE");
  }

  @Test
  void sparksPropertiesBecomeTheSparkApp() throws Exception {
    SparkConf conf =
        conf(
            Map.of(
                "spark.executor.instances", "3",
                "spark.executor.cores", "2",
                "spark.executor.memory", "4g",
                "spark.sparkapp.queue", "analytics",
                "spark.sparkapp.image", "acme/spark:4.1",
                "spark.executorEnv.REGION", "eu",
                "spark.network.timeout", "60s",
                "spark.hadoop.fs.s3a.secret.key", "do not tell",
                "spark.executor.extraJavaOptions", "-Dx=1"));

    JsonNode spec = ClientConf.spec(conf);

    assertThat(spec.at("/placement").asText()).isEqualTo("Client");
    assertThat(spec.at("/queue").asText()).isEqualTo("analytics");
    assertThat(spec.at("/image").asText()).isEqualTo("acme/spark:4.1");
    assertThat(spec.at("/timeToLive").asText()).isEqualTo("24h");
    assertThat(spec.at("/executor").toString())
        .isEqualTo(
            "{\"instances\":3,\"cores\":2,\"memory\":\"4096m\",\"memoryOverhead\":\"409m\","
                + "\"javaOptions\":\"-Dx=1\"}");
    assertThat(spec.at("/sparkConf").toString())
        .as("what pods need, and no secret")
        .isEqualTo("{\"spark.executorEnv.REGION\":\"eu\"}");
    assertThat(ClientConf.early(conf))
        .as("what executors need to talk to the driver")
        .containsOnly(Map.entry("spark.network.timeout", "60s"));
  }

  @Test
  void dynamicAllocationBecomesMinAndMaxAndIdleExecutorsHandTheirBlocksOver() throws Exception {
    SparkConf conf =
        conf(
            Map.of(
                "spark.dynamicAllocation.enabled", "true",
                "spark.dynamicAllocation.minExecutors", "1",
                "spark.dynamicAllocation.maxExecutors", "9"));
    ClientConf.complete(conf, false);

    JsonNode executor = ClientConf.spec(conf).get("executor");

    assertThat(executor.get("min").asInt()).isEqualTo(1);
    assertThat(executor.get("max").asInt()).isEqualTo(9);
    assertThat(executor.get("instances").asInt()).isEqualTo(1);
    assertThat(conf.get("spark.decommission.enabled")).isEqualTo("true");
    assertThat(conf.get("spark.dynamicAllocation.shuffleTracking.enabled")).isEqualTo("false");
  }

  @Test
  void pythonGetsMoreMemoryBesideTheHeap() throws Exception {
    SparkConf conf = conf(Map.of("spark.executor.memory", "2g"));
    ClientConf.complete(conf, true);

    assertThat(ClientConf.spec(conf).at("/executor/memoryOverhead").asText()).isEqualTo("819m");
    assertThat(
            Python.startedBySparkSubmit(
                "org.apache.spark.deploy.SparkSubmit --master sparkapp://jobs job.py 3"))
        .isTrue();
    assertThat(
            Python.startedBySparkSubmit(
                "org.apache.spark.deploy.SparkSubmit --py-files lib.pyx app.jar"))
        .isFalse();
  }

  @Test
  void aTemplateForExecutorsIsReadFromItsFile() throws Exception {
    Path template = directory.resolve("executor.yaml");
    Files.writeString(template, "spec:\n  nodeSelector: {disk: ssd}\n");

    JsonNode spec =
        ClientConf.spec(conf(Map.of("spark.sparkapp.executor.template", template.toString())));

    assertThat(spec.at("/executor/template/spec/nodeSelector/disk").asText()).isEqualTo("ssd");
  }

  @Test
  void aNameThatNobodyHasIsMadeOfTheApplicationsName() {
    assertThat(Arrival.nameFor("PySparkShell")).matches("pysparkshell-[a-z0-9]{5}");
    assertThat(Arrival.nameFor("2013: Flights & more!")).matches("flights-more-[a-z0-9]{5}");
    assertThat(Arrival.nameFor("***")).matches("spark-[a-z0-9]{5}");
    assertThat(Arrival.nameFor("x".repeat(99))).hasSize(52);
  }

  @Test
  void aDriverThatOnlyItsOwnMachineCanReachIsRefusedWithAdvice() {
    SparkConf conf = conf(Map.of("spark.driver.host", "127.0.0.1", "spark.driver.port", "4711"));

    assertThatThrownBy(() -> DriverHost.of(conf, URI.create("https://192.0.2.1:6443")))
        .hasMessageStartingWith("Spark's driver listens at 127.0.0.1")
        .hasMessageContaining("set spark.driver.host to an address of this machine");
  }

  @Test
  void aDriverBesideTheClusterMayBeWhereOnlyThisMachineReachesIt() throws Exception {
    SparkConf conf = conf(Map.of("spark.driver.host", "127.0.0.1", "spark.driver.port", "4711"));

    assertThat(DriverHost.of(conf, URI.create("https://127.0.0.1:6443")).toJson().toString())
        .isEqualTo("{\"host\":\"127.0.0.1\",\"port\":4711}");
  }

  @Test
  void aNameOfThisMachineIsToldWithTheAddressBehindIt() throws Exception {
    SparkConf conf = conf(Map.of("spark.driver.host", "localhost", "spark.driver.port", "4711"));

    JsonNode client = DriverHost.of(conf, URI.create("https://127.0.0.1:6443")).toJson();

    assertThat(client.get("host").asText()).isEqualTo("localhost");
    assertThat(DriverHost.isAddress(client.get("ip").asText())).isTrue();
  }

  @Test
  void aNameThatKubernetesDoesNotTakeIsRefusedWithAdvice() {
    SparkConf conf = conf(Map.of("spark.driver.host", "my_laptop", "spark.driver.port", "4711"));

    assertThatThrownBy(() -> DriverHost.of(conf, URI.create("https://127.0.0.1:6443")))
        .hasMessageContaining("such as my_laptop")
        .hasMessageContaining("set spark.driver.host to an address");
  }

  @Test
  void aDriverThatJoinsHasTheSparkAppsNumbersOfExecutors() throws Exception {
    SparkConf conf =
        conf(Map.of("spark.executor.cores", "4", "spark.executor.memory", "8g", "spark.a", "mine"));

    ClientConf.adopt(
        conf,
        "flights",
        json(
            "{\"executor\": {\"cores\": 4, \"memory\": \"8Gi\", \"min\": 1, \"max\": 20,"
                + " \"instances\": 2}, \"sparkConf\": {\"spark.a\": \"its\", \"spark.b\": \"x\"}}"));

    assertThat(conf.get("spark.dynamicAllocation.enabled")).isEqualTo("true");
    assertThat(conf.get("spark.dynamicAllocation.minExecutors")).isEqualTo("1");
    assertThat(conf.get("spark.dynamicAllocation.maxExecutors")).isEqualTo("20");
    assertThat(conf.get("spark.executor.instances")).isEqualTo("2");
    assertThat(conf.get("spark.a")).isEqualTo("mine");
    assertThat(conf.get("spark.b")).isEqualTo("x");
  }

  @Test
  void aDriverThatJoinsWithOtherSizesIsToldWhatToSay() {
    SparkConf conf = conf(Map.of());

    assertThatThrownBy(
            () ->
                ClientConf.adopt(
                    conf, "flights", json("{\"executor\": {\"cores\": 4, \"memory\": \"8g\"}}")))
        .hasMessage(
            "SparkApp flights has executors of 4 cores and 8g: start its driver with --conf"
                + " spark.executor.cores=4 --conf spark.executor.memory=8g, for Spark reads that"
                + " first.");
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void sparkSubmitThatExitsByItselfHasFailed() {
    StackTraceElement exit = new StackTraceElement("java.lang.Runtime", "exit", "Runtime.java", 1);
    StackTraceElement submit =
        new StackTraceElement(
            "org.apache.spark.util.CommandLineLoggingUtils", "$anonfun$exitFn$1", "x.scala", 1);
    StackTraceElement gateway =
        new StackTraceElement("org.apache.spark.api.python.PythonGatewayServer$", "main", "x", 1);

    assertThat(
            DriverProcess.sparkSubmitGaveUp(
                Map.of(new Thread(), new StackTraceElement[] {exit, submit})))
        .isTrue();
    assertThat(
            DriverProcess.sparkSubmitGaveUp(
                Map.of(
                    new Thread(),
                    new StackTraceElement[] {exit, gateway, submit},
                    new Thread(),
                    new StackTraceElement[] {submit})))
        .isFalse();
  }

  private static SparkConf conf(Map<String, String> entries) {
    SparkConf conf = new SparkConf(false);
    entries.forEach(conf::set);
    return conf;
  }
}
