package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkApp;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogsTest {

  @Test
  void linesOfSeveralLogsAreWholeAndSayWhoseTheyAre() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrefixedLines lines = new PrefixedLines(new PrintStream(out, true, StandardCharsets.UTF_8));

    try (PrefixedLines.Source driver = lines.source("driver");
        PrefixedLines.Source executor = lines.source("exec-1")) {
      write(driver, "one\ntw");
      write(executor, "1\n");
      write(driver, "o\n\nthree");
    }

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("driver one\nexec-1 1\ndriver two\ndriver \ndriver three\n");
  }

  @Test
  void whatBecameOfAKillIsASentence() {
    assertThat(
            KillCommand.outcome(
                "pi", Optional.of(app("{phase: Failed, message: \"Killed: by request of ann.\"}"))))
        .isEqualTo("pi has ended. Killed: by request of ann.");
    assertThat(KillCommand.outcome("pi", Optional.of(app("{phase: Running}"))))
        .isEqualTo("pi is told to end; the operator has not answered yet.");
    assertThat(KillCommand.outcome("pi", Optional.empty())).isEqualTo("pi was deleted meanwhile.");
    assertThat(SuspendCommand.outcome("pi", Optional.of(app("{phase: Suspended}"))))
        .isEqualTo("pi is suspended; sparkapp resume pi starts it again.");
  }

  @Test
  void theSparkUiIsWhereTheDriverServesItOrIsSaidToBeMissing() {
    String running = "{phase: Running, driver: {pod: p, address: 10.0.0.1}}";

    assertThat(SparkUi.port(app(running))).isEqualTo(4040);
    assertThat(SparkUi.port(app(running, "spark.ui.port: \"4050\""))).isEqualTo(4050);
    assertThatThrownBy(() -> SparkUi.port(app(running, "spark.ui.enabled: \"false\"")))
        .hasMessageContaining("has no Spark UI");
    assertThatThrownBy(() -> SparkUi.port(app("{phase: Waiting, message: Queue etl is full.}")))
        .hasMessage("The driver of pi does not run yet: Queue etl is full.");
  }

  @Test
  void oneThatEndedIsInTheHistoryServerIfItWroteALog() {
    String ended = "{phase: Succeeded, applicationId: pi-1}";
    String logged = "spark.eventLog.enabled: \"true\", spark.eventLog.dir: \"s3a://logs\"";

    assertThat(SparkUi.history(app(ended, logged), Optional.of("https://h.example/")))
        .isEqualTo("https://h.example/history/pi-1/jobs/");
    assertThatThrownBy(() -> SparkUi.history(app(ended, logged), Optional.empty()))
        .hasMessageContaining("s3a://logs")
        .hasMessageContaining("--history");
    assertThatThrownBy(() -> SparkUi.history(app(ended), Optional.of("https://h.example")))
        .hasMessageContaining("spark.eventLog.enabled");
  }

  private static void write(PrefixedLines.Source source, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    source.take(bytes, bytes.length);
  }

  private static SparkApp app(String status) {
    return app(status, "");
  }

  private static SparkApp app(String status, String conf) {
    return Serialization.unmarshal(
        "---\n{metadata: {name: pi}, spec: {sparkConf: {%s}}, status: %s}".formatted(conf, status),
        SparkApp.class);
  }
}
