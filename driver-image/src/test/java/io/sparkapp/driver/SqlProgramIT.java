package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL scripts in a driver with an executor. */
class SqlProgramIT {

  private static final Map<String, String> ONE =
      Map.of("spark.executor.instances", "1", "spark.sql.shuffle.partitions", "2");

  @TempDir Path directory;

  @Test
  void aScriptFromTheWebPrintsItsRowsAndTakesParameters() throws Exception {
    String script =
        """
        -- what follows; is a comment
        CREATE TEMPORARY VIEW numbers AS SELECT id, id % 3 AS k FROM range(0, 300);
        SELECT k, count(*), sum(id), ';' FROM numbers WHERE id < :below GROUP BY k ORDER BY k;
        SET spark.sql.shuffle.partitions = 3;
        SELECT /*+ MERGE(b) */ count(*) FROM numbers a JOIN numbers b ON a.k = b.k AND b.id < 150;
        SELECT :name, DATE'2013-01-31', array(1, 2), CAST(NULL AS INT) LIMIT :most;
        """;
    try (LoopbackServer server = new LoopbackServer();
        SparkProcesses spark = new SparkProcesses(directory)) {
      String address = server.put("/report.sql", script.getBytes(StandardCharsets.UTF_8));
      spark.startProgram(Map.of("sql", address), ONE, "below=30", "name=Zoë", "most=1");

      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      assertThat(spark.output().lines())
          .containsSubsequence(
              "0\t10\t135\t;",
              "1\t10\t145\t;",
              "2\t10\t155\t;",
              "spark.sql.shuffle.partitions\t3",
              "15000",
              "Zoë\t2013-01-31\t[1,2]\tNULL");
      assertThat(spark.lastWords().path("message").asText())
          .isEqualTo("The application succeeded.");
      assertJobsOfAQueryAreOneGraph(spark.graph());
    }
  }

  /** Adaptive execution makes each side of the join a job, and one more of what joins them. */
  private static void assertJobsOfAQueryAreOneGraph(List<String> graph) {
    assertThat(graph).noneMatch(stage -> stage.contains("Skipped"));
    assertThat(graph)
        .as("a stage that reads what two stages of other jobs wrote")
        .anyMatch(stage -> stage.matches("[0-9]+ \\[[0-9]+,[0-9]+\\] Done .*"));
  }

  @Test
  void theStatementThatFailedIsNamedByNumberLineAndText() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startProgram(
          Map.of("sqlText", "SELECT 'first';\n\nSELECT *\n  FROM nowhere;\nSELECT 'never'"), ONE);

      assertThat(spark.driverEnds()).as(spark.output()).isEqualTo(15);
      assertThat(spark.lastWords().path("message").asText())
          .startsWith(
              "Statement 2 at line 3 failed: SELECT * FROM nowhere: [TABLE_OR_VIEW_NOT_FOUND]")
          .doesNotContain("\n");
      assertThat(spark.output())
          .contains("first")
          .doesNotContain("never")
          .doesNotContain("\tat org");
    }
  }
}
