package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonProgramTest {

  @TempDir Path directory;

  @Test
  void whatPythonRaisedIsSaidInItsOwnWords() {
    assertThat(after("Traceback (most recent call last):\n  File ...\nValueError: no year 1872\n"))
        .isEqualTo("The application raised ValueError: no year 1872.");
    assertThat(after("pyspark.errors.exceptions.base.PySparkException: bad plan.\n"))
        .isEqualTo(
            "The application raised pyspark.errors.exceptions.base.PySparkException: bad plan.");
  }

  @Test
  void aProgramThatLeftOnItsOwnHasAnExitCodeOnly() {
    assertThat(after("done with errors: 3 Errors\n\n"))
        .isEqualTo("The application ended with exit code 1.");
    assertThat(after("")).isEqualTo("The application ended with exit code 1.");
  }

  @Test
  void whatIsPrintedIsPassedOnUnchanged() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LogTail last = new LogTail();
    PrintStream tee = last.listenTo(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    tee.print("häl");
    tee.print("f\nzwei\n");
    tee.write('x');
    tee.flush();

    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("hälf\nzwei\nx");
    assertThat(last.lines()).containsExactly("hälf", "zwei");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    PythonProgram program = new PythonProgram("local:///nowhere/app.py", new LogTail());

    assertThatThrownBy(() -> load(program, Map.of()))
        .isInstanceOf(ProgramNotFoundException.class)
        .hasMessage(
            "There is no local:///nowhere/app.py in the driver's image:"
                + " check spec.main.python and the image.");
  }

  @Test
  void anImageWithoutPythonIsToldSo() throws Exception {
    String file = "local://" + Files.createFile(directory.resolve("app.py"));
    PythonProgram program = new PythonProgram(file, new LogTail());

    assertThatThrownBy(() -> load(program, Map.of("spark.pyspark.python", "python-of-nobody")))
        .isInstanceOf(ProgramNotFoundException.class)
        .hasMessage(
            "There is no python-of-nobody in the driver's image:"
                + " set spec.image to one with Python and PySpark.");
  }

  private void load(MainProgram program, Map<String, String> conf) {
    Dependencies dependencies = new Dependencies(conf, directory, directory);
    dependencies.fetch(program.file());
    program.load(dependencies);
  }

  private static String after(String output) {
    LogTail last = new LogTail();
    last.listenTo(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
        .print(output);
    return new PythonProgram("local:///app.py", last).exit(1);
  }
}
