package io.sparkapp.driver;

import static io.sparkapp.driver.DriverReports.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors of a real Spark that are lost, and who is blamed for it. */
class LostExecutorsIT {

  @TempDir Path directory;

  @Test
  @EveryLine
  void anExecutorThatWasKilledCostsTheApplicationNoTaskFailure() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      TwoExecutors.work(
          spark,
          Map.of(
              // So long that only the report can bring the lost tasks back.
              "spark.sparkapp.lossReasonTimeout", "10m",
              "spark.executor.heartbeatInterval", "500ms",
              "spark.executor.processTreeMetrics.enabled", "true"));

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
      TwoExecutors.work(spark, Map.of("spark.sparkapp.lossReasonTimeout", "3s"));

      spark.kill(1);

      awaitQuestionAboutExecutorOne(spark);
      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      assertThat(spark.output()).contains("sum: 190");
    }
  }

  private static void awaitQuestionAboutExecutorOne(SparkProcesses spark) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(spark.apiServer().spec().at("/disconnected/0").asText()).isEqualTo("1"));
  }
}
