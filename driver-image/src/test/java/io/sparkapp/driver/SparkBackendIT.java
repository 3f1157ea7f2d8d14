package io.sparkapp.driver;

import static io.sparkapp.driver.DriverReports.SOON;
import static io.sparkapp.driver.DriverReports.awaitTasks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkapp.driver.FakeApiServer.Mood;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Spark over our backend: a driver, executors, and an API server that has its moods. */
class SparkBackendIT {

  private static final Map<String, String> ONE = Map.of("spark.executor.instances", "1");

  @TempDir Path directory;

  @Test
  @EveryLine
  void executorsThatStartBeforeTheDriverGetAConfigurationThatIsWhole() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark
          .startExecutorsEarly(2)
          .startDriver(Programs.Shuffle.class, Map.of("spark.executor.instances", "2"), "1");

      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      assertThat(spark.output()).contains("sum: 190").contains("ids: [app-1]");
      assertThat(spark.startedExecutors()).isEqualTo(2);
      assertThat(spark.lastWords().path("outcome").asText()).isEqualTo("Succeeded");
      assertThat(spark.apiServer().spec().at("/progress/percent").asInt()).isEqualTo(100);
      assertThat(spark.graph())
          .as("stage, its parents, state and tasks; the last state is written before it leaves")
          .containsExactly("0 [] Done 20", "1 [0] Done 3", "2 [] Done 4", "3 [2] Done 4");
      assertThat(spark.apiServer().spec().at("/asks/0/total").asInt())
          .as("a driver that leaves wants no executor any more")
          .isZero();
      assertThat(spark.liveWhenNothingWasWanted())
          .as("it says so before they go, or the operator would replace them")
          .isEqualTo(2);
    }
  }

  @Test
  void whoAsksForTheConfigurationTooEarlyWaitsAndGetsAllOfIt() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(
          Programs.AskingEarly.class,
          Map.of(
              "spark.executor.instances",
              "0",
              "spark.shuffle.sort.io.plugin.class",
              Programs.ConfiguredLate.class.getName()));

      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      assertThat(spark.output())
          .contains("answered too early: false")
          .contains("told: [spark.app.attempt.id=1, spark.shuffle.plugin.__config__.late=yes]");
    }
  }

  @Test
  void anApiServerThatIsAwayStopsNoJobAndHearsTheAskLater() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(Programs.Asking.class, ONE);
      awaitTasks(spark, 1);

      spark.apiServer().become(Mood.Away);
      await().atMost(SOON).until(() -> spark.output().contains("asked in ms"));
      await().atMost(SOON).until(() -> spark.apiServer().refusals() >= 5);
      spark.apiServer().become(Mood.Well);

      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(spark.startedExecutors()).as(spark.output()).isEqualTo(2));
      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      assertThat(spark.output()).contains("sum: 28").contains("sum: 780");
    }
  }

  /** With the lines of docs/operations.md. */
  @Test
  @EveryLine
  void prometheusFindsMetricsOfTheDriverAndItsExecutorsAtTheUi() throws Exception {
    int port = FreePort.find();
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(
          Programs.Resting.class,
          Map.of(
              "spark.executor.instances", "1",
              "spark.ui.enabled", "true",
              "spark.ui.port", Integer.toString(port),
              "spark.metrics.namespace", "spark",
              "spark.metrics.conf.driver.sink.prometheusServlet.class",
                  "org.apache.spark.metrics.sink.PrometheusServlet",
              "spark.metrics.conf.driver.sink.prometheusServlet.path", "/metrics/prometheus"),
          "50");
      awaitTasks(spark, 1);

      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(page(port, "/metrics/prometheus"))
                    .contains("metrics_spark_driver_DAGScheduler_job_activeJobs_Value");
                assertThat(page(port, "/metrics/executors/prometheus"))
                    .contains("metrics_executor_totalCores{application_id=\"app-1\"")
                    .contains("executor_id=\"1\"");
              });
      spark.terminateDriver();
      spark.driverEnds();
    }
  }

  private static String page(int port, String path) throws Exception {
    return HttpClient.newBuilder()
        // As Prometheus does: Spark sends on to the path with a slash behind it.
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            BodyHandlers.ofString())
        .body();
  }

  @Test
  void askingReturnsAtOnceThoughTheApiServerHangs() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(Programs.Asking.class, ONE);
      awaitTasks(spark, 1);

      spark.apiServer().become(Mood.Hanging);
      await().atMost(SOON).until(() -> spark.output().contains("asked in ms"));
      spark.apiServer().become(Mood.Well);

      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      Matcher asked = Pattern.compile("asked in ms: (\\d+)").matcher(spark.output());
      assertThat(asked.find()).isTrue();
      assertThat(Long.parseLong(asked.group(1))).isLessThan(5000);
    }
  }

  @Test
  void aNodeOnWhoseExecutorsTasksFailIsExcludedFromTheRequest() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(
          Programs.FailingOnNodeOne.class,
          Map.of(
              "spark.executor.instances", "4",
              // Those that fail no task must not do all the work before the others are there.
              "spark.scheduler.minRegisteredResourcesRatio", "1.0",
              "spark.scheduler.maxRegisteredResourcesWaitingTime", "2m",
              "spark.excludeOnFailure.enabled", "true",
              "spark.excludeOnFailure.application.maxFailedTasksPerExecutor", "1",
              "spark.excludeOnFailure.application.maxFailedExecutorsPerNode", "2",
              "spark.task.maxFailures", "50"));

      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(spark.apiServer().spec().at("/excludedNodes").toString())
                      .as(spark.output())
                      .isEqualTo("[\"node-1\"]"));
      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      assertThat(spark.output()).contains("racks: [node-1, node-1, node-2, node-2]");
    }
  }

  @Test
  @EveryLine
  void aStageWithItsOwnResourceProfileGetsExecutorsOfItsOwn() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(
          Programs.Profiles.class,
          Map.of(
              "spark.executor.instances", "1",
              "spark.dynamicAllocation.enabled", "true",
              "spark.dynamicAllocation.initialExecutors", "0",
              "spark.dynamicAllocation.minExecutors", "0",
              "spark.dynamicAllocation.maxExecutors", "1"));

      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      assertThat(spark.output()).contains("sum: 12");
      assertThat(spark.profilesOfExecutors()).contains(1);
    }
  }
}
