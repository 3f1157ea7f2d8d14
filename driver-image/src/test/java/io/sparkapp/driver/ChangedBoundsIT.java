package io.sparkapp.driver;

import static io.sparkapp.driver.DriverReports.SOON;
import static io.sparkapp.driver.DriverReports.awaitTasks;
import static io.sparkapp.driver.DriverReports.registered;
import static io.sparkapp.driver.DriverReports.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Spark whose user changes how many executors it may have. */
class ChangedBoundsIT {

  @TempDir Path directory;

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
  @EveryLine
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
}
