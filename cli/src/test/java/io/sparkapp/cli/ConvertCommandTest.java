package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {

  private static final String PI =
      """
      apiVersion: sparkoperator.k8s.io/v1beta2
      kind: SparkApplication
      metadata:
        name: pi
      spec:
        type: Python
        mainApplicationFile: local:///opt/pi.py
        driver: {}
        executor: {instances: 1}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  @Test
  void printsManifestsAndNothingElseWhenAllIsCarriedOver() throws IOException {
    assertThat(convert("--strict", file("pi.yaml", PI))).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .isEqualTo(
            """
            apiVersion: sparkapp.io/v1alpha1
            kind: SparkApp
            metadata:
              name: pi
            spec:
              main:
                python: local:///opt/pi.py
              executor:
                instances: 1
            """);
  }

  @Test
  void namesFileLineAndFieldOfWhatIsNotCarriedOver() throws IOException {
    String file = file("pi.yaml", PI + "  sparkUIOptions: {servicePort: 80}\n");
    assertThat(convert(file)).isZero();
    assertThat(err.toString())
        .startsWith(file + ":10: spec.sparkUIOptions: not carried over: ")
        .hasLineCount(1);
    assertThat(convert("--strict", file)).isEqualTo(CommandFailure.FAILED);
  }

  @Test
  void severalFilesBecomeOneStreamOfDocuments() throws IOException {
    assertThat(convert("-n", "jobs", file("a.yaml", PI), file("b.yaml", PI))).isZero();
    assertThat(out.toString().split("---\n"))
        .hasSize(2)
        .allMatch(text -> text.contains("namespace: jobs"));
  }

  @Test
  void jsonIsOneList() throws IOException {
    assertThat(convert("-o", "json", file("a.yaml", PI + "---\n" + PI))).isZero();
    assertThat(out.toString()).contains("\"kind\" : \"List\"");
  }

  @Test
  void takesACommandLineAfterTwoDashes() {
    assertThat(
            convert(
                "--",
                "spark-submit",
                "--deploy-mode",
                "cluster",
                "--num-executors",
                "2",
                "local:///opt/pi.py",
                "--strict"))
        .isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("instances: 2").contains("- --strict");
  }

  @Test
  void inputThatCanNotBeReadIsNamedWithItsLine() throws IOException {
    String broken = file("broken.yaml", "a: [1,\nb: }{");
    assertThat(convert(broken)).isEqualTo(CommandFailure.BAD_INPUT);
    assertThat(err.toString()).startsWith(broken + ":2: this is not YAML").hasLineCount(1);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(convert("nowhere.yaml")).isEqualTo(CommandFailure.BAD_INPUT);
    assertThat(err.toString()).contains("nowhere.yaml").hasLineCount(1);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private int convert(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "convert";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
