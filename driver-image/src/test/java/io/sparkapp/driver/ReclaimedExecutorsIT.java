package io.sparkapp.driver;

import static io.sparkapp.driver.DriverReports.SOON;
import static io.sparkapp.driver.DriverReports.awaitTasks;
import static io.sparkapp.driver.DriverReports.registered;
import static io.sparkapp.driver.DriverReports.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkapp.driver.FakeApiServer.Mood;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors of a real Spark that their queue takes back and gives again. */
class ReclaimedExecutorsIT {

  @TempDir Path directory;

  @Test
  @EveryLine
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
  @EveryLine
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
      TwoExecutors.work(spark, Map.of());

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
}
