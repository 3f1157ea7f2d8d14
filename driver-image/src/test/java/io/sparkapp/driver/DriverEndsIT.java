package io.sparkapp.driver;

import static io.sparkapp.driver.DriverReports.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How drivers of a real Spark end, and what they leave behind as their last words. */
class DriverEndsIT {

  private static final Map<String, String> ONE = Map.of("spark.executor.instances", "1");

  @TempDir Path directory;

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
}
