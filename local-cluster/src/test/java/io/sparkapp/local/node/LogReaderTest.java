package io.sparkapp.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogReaderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");

  @TempDir Path directory;
  private Path log;

  @BeforeEach
  void writeLog() throws IOException {
    log = directory.resolve("main.log");
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    lines.write(line(1, true, "one"));
    lines.write(line(2, false, "tw"));
    lines.write(line(3, true, "o"));
    lines.write(line(4, true, ""));
    lines.write(line(5, true, "stdout F four"));
    lines.write(line(6, false, "prompt> "));
    Files.write(log, lines.toByteArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        ":one|two||stdout F four|prompt> ",
        "tailLines=0:''",
        "tailLines=1:prompt> ",
        "tailLines=4:two||stdout F four|prompt> ",
        "tailLines=99:one|two||stdout F four|prompt> ",
        "sinceSeconds=5:stdout F four|prompt> ",
        "sinceTime=2026-01-01T00%3A00%3A05Z:stdout F four|prompt> ",
        "limitBytes=5:one|t",
        "tailLines=2&limitBytes=3&follow=false:std",
      })
  void sendsWhatIsAskedFor(String query, String expected) throws IOException {
    assertThat(read(query)).isEqualTo(expected.replace('|', '\n'));
  }

  @Test
  void putsATimestampBeforeEachLineAndNotBeforeItsParts() throws IOException {
    assertThat(read("timestamps=true&tailLines=4"))
        .isEqualTo(
            """
            2026-01-01T00:00:02Z two
            2026-01-01T00:00:04Z\s
            2026-01-01T00:00:05Z stdout F four
            2026-01-01T00:00:06Z prompt>\s""");
  }

  @Test
  void sendsNothingOfALogThatIsNotThere() throws IOException {
    log = directory.resolve("none.log");
    assertThat(read("tailLines=3")).isEmpty();
  }

  @Test
  void refusesWhatIsNoCountAndNoTime() {
    assertThatThrownBy(() -> LogRequest.parse("tailLines=-1", NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tailLines is not a count: -1");
    assertThatThrownBy(() -> LogRequest.parse("sinceTime=noon", NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String read(String query) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new LogReader(log, LogRequest.parse(query, NOW), out).send();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static byte[] line(int second, boolean whole, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return LogLine.encode(NOW.minusSeconds(10 - second), whole, bytes, bytes.length);
  }
}
