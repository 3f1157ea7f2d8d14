package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkapp.driver.FakeApiServer.Mood;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Spark over our backend: a driver, executors, and an API server that has its moods. */
class SparkBackendIT {

  /** Tests that the jar has to pass with every line of Spark that it is for. */
  private static final String EVERY_LINE = "every-line";

  private static final Map<String, String> ONE = Map.of("spark.executor.instances", "1");
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir Path directory;

  @Test
  @Tag(EVERY_LINE)
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
  @Tag(EVERY_LINE)
  void anExecutorThatWasKilledCostsTheApplicationNoTaskFailure() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(
          Programs.Shuffle.class,
          Map.of(
              "spark.executor.instances", "2",
              "spark.scheduler.minRegisteredResourcesRatio", "1.0",
              "spark.scheduler.maxRegisteredResourcesWaitingTime", "2m",
              "spark.task.maxFailures", "1",
              // So long that only the report can bring the lost tasks back.
              "spark.sparkapp.lossReasonTimeout", "10m",
              "spark.executor.heartbeatInterval", "500ms",
              "spark.executor.processTreeMetrics.enabled", "true"),
          "800");
      awaitTasks(spark, 2);

      spark.kill(1);
      awaitQuestionAboutExecutorOne(spark);
      spark.reportKilled(1);

      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      assertThat(spark.output()).contains("sum: 190");
      assertThat(spark.apiServer().spec().at("/seenEnded").asLong()).isEqualTo(1);
      assertUseIsPlausible(spark.apiServer().spec().at("/progress/used"));
    }
  }

  /** Heaps are 512 MiB; twenty tasks slept 800 ms each. */
  private static void assertUseIsPlausible(JsonNode used) {
    assertThat(used.at("/driver/heap").asInt()).as("%s", used).isBetween(20, 512);
    assertThat(used.at("/driver/offHeap").asInt()).as("%s", used).isBetween(50, 400);
    assertThat(used.at("/driver/seconds").asInt()).as("%s", used).isBetween(3, 300);
    JsonNode executor = used.path("executor");
    assertThat(executor.path("count").asInt()).as("%s", used).isBetween(1, 3);
    assertThat(executor.path("heap").asInt()).as("%s", used).isBetween(10, 512);
    assertThat(executor.path("offHeap").asInt()).as("%s", used).isBetween(20, 400);
    assertThat(executor.path("beside").asInt(-1)).as("nothing runs beside it").isZero();
    assertThat(executor.path("taskSeconds").asInt()).as("%s", used).isBetween(14, 300);
    assertThat(executor.path("cpuSeconds").asInt())
        .as("they slept: %s", used)
        .isLessThan(executor.path("taskSeconds").asInt());
    assertThat(executor.path("slotSeconds").asInt())
        .as("%s", used)
        .isGreaterThanOrEqualTo(executor.path("seconds").asInt());
  }

  @Test
  void aLostConnectionThatNobodyExplainsIsAskedAboutAndThenNotBlamedOnTheApplication()
      throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(
          Programs.Shuffle.class,
          Map.of(
              "spark.executor.instances", "2",
              "spark.scheduler.minRegisteredResourcesRatio", "1.0",
              "spark.scheduler.maxRegisteredResourcesWaitingTime", "2m",
              "spark.task.maxFailures", "1",
              "spark.sparkapp.lossReasonTimeout", "3s"),
          "800");
      awaitTasks(spark, 2);

      spark.kill(1);

      awaitQuestionAboutExecutorOne(spark);
      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      assertThat(spark.output()).contains("sum: 190");
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
  @Tag(EVERY_LINE)
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
  @Tag(EVERY_LINE)
  void executorsThatTheQueueTakesBackAreDecommissionedWhileTheirJobGoesOn() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(Programs.Shuffle.class, decommissioning(3), "800", "120");
      awaitTasks(spark, 3);

      spark.takeBackBut(1);

      await().atMost(SOON).until(() -> spark.liveExecutors() == 1);
      assertThat(spark.output()).as("the job goes on without them").doesNotContain("sum:");
      spark.wake();
      for (int gone : spark.goneExecutors()) {
        assertThat(spark.executorEnds(gone)).isZero();
      }
      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      assertThat(spark.output()).contains("sum: 7140");
      assertThat(spark.apiServer().spec().at("/release")).as("none was killed").isEmpty();
      assertThat(spark.apiServer().spec().at("/progress/tasks/failed").asInt()).isZero();
    }
  }

  @Test
  void whatTheQueueTakesBackGoesOnceHoweverOftenItIsToldOf() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(Programs.Shuffle.class, logging(decommissioning(3)), "1500", "120");
      awaitTasks(spark, 3);

      spark.takeBackBut(2);
      await().atMost(SOON).until(() -> spark.liveExecutors() == 2);
      spark.apiServer().become(Mood.Away);
      await().atMost(SOON).until(() -> spark.apiServer().refusals() >= 2);
      spark.apiServer().become(Mood.Well);
      spark.takeBackBut(2);
      spark.reportCompleted(spark.goneExecutors().get(0));
      await().atMost(SOON).until(() -> spark.apiServer().spec().at("/seenEnded").asLong() == 1);
      assertThat(spark.output()).as("there is work for all").doesNotContain("sum:");
      spark.wake();

      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      assertThat(spark.output()).contains("sum: 7140").containsOnlyOnce("Gives executors");
      assertThat(spark.liveWhenNothingWasWanted()).isEqualTo(2);
    }
  }

  @Test
  void whenTheQueueHasMoreToGiveOthersComeIn() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(Programs.Resting.class, decommissioning(3));
      awaitTasks(spark, 3);
      spark.takeBackBut(1);
      await().atMost(SOON).until(() -> spark.liveExecutors() == 1 && registered(spark) == 1);

      spark.takeBackBut(2);
      await().atMost(SOON).until(() -> registered(spark) == 2);
      spark.takeNothingBack();
      await().atMost(SOON).until(() -> registered(spark) == 3);

      await().atMost(SOON.multipliedBy(3)).until(() -> spark.output().contains("rests"));
      assertThat(spark.output()).contains("sum: 1770");
      assertThat(spark.startedExecutors()).isEqualTo(5);
      assertThat(spark.liveExecutors()).isEqualTo(3);
    }
  }

  @Test
  void anExecutorThatIsEndedBeforeItsTaskIsDoneCostsTheApplicationNoTaskFailure() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(Programs.Shuffle.class, logging(decommissioning(2)), "5000", "6");
      awaitTasks(spark, 2);
      spark.takeBackBut(1);
      Pattern given = Pattern.compile("Gives executors \\[(\\d)] back");
      await().atMost(SOON).until(() -> given.matcher(spark.output()).find());

      Matcher executor = given.matcher(spark.output());
      assertThat(executor.find()).isTrue();
      await()
          .atMost(SOON)
          .until(
              () -> spark.apiServer().spec().at("/leaving/0").asText().equals(executor.group(1)));
      spark.kill(Integer.parseInt(executor.group(1)));

      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      assertThat(spark.apiServer().spec().at("/leaving")).as("it has gone").isEmpty();
      assertThat(spark.output())
          .contains("its executor exited for a reason unrelated to the task")
          .contains("sum: 15");
    }
  }

  @Test
  void dynamicAllocationLivesWithWhatTheQueueTakesBackAndGivesAgain() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      Map<String, String> conf = new HashMap<>(decommissioning(1));
      conf.remove("spark.executor.instances");
      conf.put("spark.dynamicAllocation.enabled", "true");
      conf.put("spark.dynamicAllocation.minExecutors", "0");
      conf.put("spark.dynamicAllocation.maxExecutors", "3");
      conf.put("spark.dynamicAllocation.executorIdleTimeout", "2s");
      conf.put("spark.dynamicAllocation.shuffleTracking.enabled", "false");
      spark.startDriver(Programs.Resting.class, conf, "1000", "240");
      await().atMost(SOON.multipliedBy(2)).until(() -> registered(spark) == 3);

      spark.takeBackBut(1);
      await().atMost(SOON).until(() -> spark.liveExecutors() == 1 && registered(spark) == 1);
      assertThat(total(spark)).as("it says what Spark wants").isEqualTo(3);
      spark.takeNothingBack();

      await().atMost(SOON.multipliedBy(2)).until(() -> registered(spark) == 3);
      spark.wake();
      await().atMost(SOON).until(() -> spark.output().contains("rests"));
      assertThat(spark.output()).contains("sum: 28680");
      await().atMost(SOON).until(() -> total(spark) == 0 && spark.liveExecutors() == 0);
    }
  }

  @Test
  @Tag(EVERY_LINE)
  void ofIdleExecutorsTheQueueGetsFirstThoseThatHoldNothing() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(Programs.Holding.class, decommissioning(3));
      await()
          .atMost(SOON.multipliedBy(3))
          .untilAsserted(
              () ->
                  assertThat(spark.apiServer().spec().at("/progress/executors").toString())
                      .as(spark.output())
                      .isEqualTo("{\"registered\":3,\"idle\":3,\"bare\":1}"));
      await().atMost(SOON).until(() -> spark.output().contains("rests"));

      spark.takeBackBut(2);
      await().atMost(SOON).until(() -> spark.liveExecutors() == 2);
      assertThat(spark.goneExecutors()).as(spark.output()).containsExactly(1);

      spark.takeBackBut(1);
      await().atMost(SOON).until(() -> spark.liveExecutors() == 1);
      assertThat(spark.goneExecutors()).as("the newest").containsExactly(1, 3);
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(spark.apiServer().spec().at("/progress/executors").toString())
                      .isEqualTo("{\"registered\":1,\"idle\":1,\"bare\":0}"));
    }
  }

  @Test
  void anExecutorThatTheQueueTakesBackIsGivenBackAtOnceWhereSparkMayNotDecommission()
      throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(
          Programs.Shuffle.class,
          Map.of(
              "spark.executor.instances", "2",
              "spark.scheduler.minRegisteredResourcesRatio", "1.0",
              "spark.scheduler.maxRegisteredResourcesWaitingTime", "2m",
              "spark.task.maxFailures", "1"),
          "800");
      awaitTasks(spark, 2);

      spark.takeBackBut(1);

      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(spark.apiServer().spec().at("/release")).hasSize(1));
      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      assertThat(spark.output()).contains("sum: 190");
      assertThat(spark.startedExecutors()).isEqualTo(2);
    }
  }

  private static Map<String, String> logging(Map<String, String> conf) {
    Map<String, String> logging = new HashMap<>(conf);
    logging.put("spark.log.level", "INFO");
    return logging;
  }

  /** As the operator sets it; no task may fail, and none begins before all executors are there. */
  private static Map<String, String> decommissioning(int executors) {
    return Map.of(
        "spark.scheduler.minRegisteredResourcesRatio", "1.0",
        "spark.scheduler.maxRegisteredResourcesWaitingTime", "2m",
        "spark.executor.instances", Integer.toString(executors),
        "spark.task.maxFailures", "1",
        "spark.decommission.enabled", "true",
        "spark.storage.decommission.enabled", "true",
        "spark.storage.decommission.replicationReattemptInterval", "1s");
  }

  @Test
  void aFixedNumberOfExecutorsFollowsWhatTheUserChangesItTo() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(
          Programs.Resting.class,
          Map.of(
              "spark.executor.instances", "1",
              "spark.task.maxFailures", "1",
              "spark.decommission.enabled", "true"));
      awaitTasks(spark, 1);

      spark.apiServer().bounds(2, 3, 3);
      await().atMost(SOON).until(() -> registered(spark) == 3);
      spark.apiServer().bounds(3, 1, 1);
      // A watch tells of the latest only.
      await().atMost(SOON).until(() -> total(spark) == 1);
      spark.apiServer().bounds(1, 2, 2);

      // Which of them have no task at that moment nobody knows.
      await().atMost(SOON).until(() -> spark.liveExecutors() == 1);
      assertThat(total(spark)).isEqualTo(1);
      await().atMost(SOON.multipliedBy(3)).until(() -> spark.output().contains("rests"));
      assertThat(spark.output()).contains("sum: 1770");
      assertThat(spark.startedExecutors()).isEqualTo(3);
      spark.terminateDriver();
      assertThat(spark.driverEnds()).as(spark.output()).isEqualTo(143);
    }
  }

  @Test
  @Tag(EVERY_LINE)
  void dynamicAllocationStaysWithinWhatTheUserChangesItsBoundsTo() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(
          Programs.Resting.class,
          Map.of(
              "spark.dynamicAllocation.enabled", "true",
              "spark.dynamicAllocation.minExecutors", "1",
              "spark.dynamicAllocation.maxExecutors", "1",
              "spark.dynamicAllocation.executorIdleTimeout", "2s",
              "spark.dynamicAllocation.shuffleTracking.enabled", "false",
              "spark.decommission.enabled", "true",
              "spark.storage.decommission.enabled", "true",
              "spark.storage.decommission.replicationReattemptInterval", "1s"),
          "500",
          "240");
      awaitTasks(spark, 1);

      spark.apiServer().bounds(2, 1, 3);
      await().atMost(SOON).until(() -> total(spark) == 3 && registered(spark) == 3);
      spark.apiServer().bounds(3, 1, 2);
      await().atMost(SOON).until(() -> total(spark) == 2 && registered(spark) == 2);
      spark.wake();
      await().atMost(SOON).until(() -> spark.output().contains("rests"));
      await().atMost(SOON).until(() -> total(spark) == 1 && registered(spark) == 1);
      await().atMost(SOON).until(() -> spark.liveExecutors() == 1);
      spark.apiServer().bounds(4, 2, 2);
      await().atMost(SOON).until(() -> total(spark) == 2 && registered(spark) == 2);
      spark.apiServer().bounds(5, 0, 2);
      await().atMost(SOON).until(() -> total(spark) == 0 && registered(spark) == 0);

      spark.terminateDriver();
      assertThat(spark.driverEnds()).as(spark.output()).isEqualTo(143);
      assertThat(spark.output()).doesNotContain("does not let the bounds");
    }
  }

  @Test
  void boundsThatWereChangedWhileTheDriverStartedAreKeptToo() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.apiServer().bounds(2, 1, 2);
      spark.startDriver(
          Programs.Resting.class,
          Map.of(
              "spark.dynamicAllocation.enabled", "true",
              "spark.dynamicAllocation.minExecutors", "1",
              "spark.dynamicAllocation.maxExecutors", "1"));

      await().atMost(SOON).until(() -> total(spark) == 2 && registered(spark) == 2);
      spark.terminateDriver();
      assertThat(spark.driverEnds()).as(spark.output()).isEqualTo(143);
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

  private static int total(SparkProcesses spark) {
    return spark.apiServer().spec().at("/asks/0/total").asInt(-1);
  }

  private static int registered(SparkProcesses spark) {
    return spark.apiServer().spec().at("/progress/executors/registered").asInt(-1);
  }

  @Test
  void aDriverThatIsToldToStopStopsItsApplicationFirst() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(Programs.Shuffle.class, ONE, "5000");
      await()
          .atMost(SOON)
          .until(() -> spark.apiServer().spec().at("/progress/tasks/active").asInt() > 0);

      spark.terminateDriver();

      assertThat(spark.driverEnds()).as(spark.output()).isEqualTo(143);
      assertThat(spark.lastWords().path("outcome").asText()).isEqualTo("Stopped");
      assertThat(spark.lastWords().path("exitCode").asInt()).isEqualTo(143);
      assertThat(spark.apiServer().spec().at("/asks/0/total").asInt(-1)).isZero();
    }
  }

  @Test
  @Tag(EVERY_LINE)
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

  @Test
  void exitCodesAreThoseOfSparkOnYarn() throws Exception {
    Map<String, String> none = Map.of("spark.executor.instances", "0");
    assertThat(run(Programs.Throwing.class.getName(), none, 15, "UserError"))
        .contains("IllegalStateException: no such year")
        .contains("Programs.java");
    assertThat(run(Programs.Exiting.class.getName(), none, 3, "ExitedEarly", "3"))
        .contains("before its main method returned");
    run(Programs.Exiting.class.getName(), none, 0, "ExitedEarly", "0");
    assertThat(run("com.acme.Missing", none, 13, "NotInitialized"))
        .contains("Class com.acme.Missing is not in");
    assertThat(run(Programs.BrokenFromTheStart.class.getName(), none, 15, "UserError"))
        .contains("NumberFormatException")
        .contains("Programs.java");
    assertThat(run(Programs.Plain.class.getName(), none, 0, "Succeeded"))
        .contains("did not use Spark");
    run(Programs.LeavingAThreadBehind.class.getName(), none, 0, "Succeeded");
  }

  private String run(
      String main, Map<String, String> conf, int exitCode, String outcome, String... arguments)
      throws Exception {
    Path own = java.nio.file.Files.createTempDirectory(directory, "run");
    try (SparkProcesses spark = new SparkProcesses(own)) {
      spark.startDriver(main, conf, arguments);
      assertThat(spark.driverEnds()).as(spark.output()).isEqualTo(exitCode);
      assertThat(spark.lastWords().path("outcome").asText()).isEqualTo(outcome);
      return spark.lastWords().path("message").asText();
    }
  }

  private static void awaitQuestionAboutExecutorOne(SparkProcesses spark) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(spark.apiServer().spec().at("/disconnected/0").asText()).isEqualTo("1"));
  }

  private static void awaitTasks(SparkProcesses spark, int registered) {
    await()
        .atMost(SOON.multipliedBy(3))
        .until(
            () ->
                spark.apiServer().spec().at("/progress/tasks/done").asInt() > 0
                    && spark.apiServer().spec().at("/progress/executors/registered").asInt()
                        >= registered);
  }
}
