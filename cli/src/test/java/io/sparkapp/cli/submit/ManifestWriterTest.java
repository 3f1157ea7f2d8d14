package io.sparkapp.cli.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestWriterTest {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true", "No", "on", "null", "~", "", "10", "1.5", "1e3", "0x1f", "012", "1_000", "12:30:45",
        "2026-01-01", ".inf", "a: b", "a #b", "- a", "*a", "&a", "!a", "@a", "{a}", "[a]", " a",
            "a ",
        "a:", "'a'", "\"a\"", "a\tb", "%a", "a\\b", "-", "--", "---", "=", "<<", "?", "ä"
      })
  void whatYamlWouldReadAsSomethingElseIsQuoted(String text) throws IOException {
    String written = written(text);
    assertThat(written).startsWith("field: \"");
    assertThat(YAML.readTree(written).get("field").textValue()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2g",
        "10s",
        "500m",
        "4Gi",
        "com.acme.Main",
        "local:///opt/a.jar",
        "s3a://b/c=d/e",
        "--day",
        "-Xmx1g",
        "a b",
        "org:art:1.0",
        "$DAY",
        "a,b"
      })
  void whatIsTextToEverybodyIsNot(String text) throws IOException {
    String written = written(text);
    assertThat(written).isEqualTo("field: " + text + "\n");
    assertThat(YAML.readTree(written).get("field").textValue()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.DailyFlights, daily-flights",
    "Main, main",
    "a.B$C, bc",
    "com.acme.ETLJob, etljob"
  })
  void aClassGivesTheApplicationItsName(String className, String name) {
    assertThat(AppName.ofClass(className)).isEqualTo(name);
  }

  private static String written(String text) {
    return ManifestWriter.yaml(List.of(new ObjectMapper().createObjectNode().put("field", text)));
  }
}
