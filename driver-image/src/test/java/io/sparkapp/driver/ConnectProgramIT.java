package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Spark Connect server in a driver with an executor, and a client of it. */
class ConnectProgramIT {

  @TempDir Path directory;

  @Test
  void clientsWithTheTokenRunQueriesUntilTheDriverIsToldToStop() throws Exception {
    int port = FreePort.find();
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startProgram(
          Map.of("connect", ""),
          Map.of(
              "spark.executor.instances", "1",
              "spark.connect.grpc.binding.port", Integer.toString(port),
              "spark.connect.authenticate.token", "let me in"));
      String address = "sc://127.0.0.1:" + port;
      await()
          .atMost(Duration.ofMinutes(4))
          .untilAsserted(
              () ->
                  assertThat(spark.apiServer().spec().at("/progress/connect").asText())
                      .as(spark.output())
                      .isEqualTo(address));

      try (ConnectClient client = new ConnectClient(address, "let me in")) {
        assertThat(client.version()).startsWith("4.");
        assertThat(
                client.rows(
                    "SELECT k, count(*) FROM (SELECT id % 7 AS k FROM range(1000)) GROUP BY k"))
            .isEqualTo(7);
      }
      try (ConnectClient stranger = new ConnectClient(address, "")) {
        assertThatThrownBy(stranger::version).hasMessageContaining("UNAUTHENTICATED");
      }

      spark.terminateDriver();
      assertThat(spark.driverEnds()).as(spark.output()).isEqualTo(143);
      assertThat(spark.lastWords().path("outcome").asText()).isEqualTo("Stopped");
    }
  }
}
