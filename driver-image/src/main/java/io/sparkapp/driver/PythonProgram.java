package io.sparkapp.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.deploy.PythonRunner;

/**
 * A Python file. Spark's {@code PythonRunner} starts Python beside this JVM and connects the two,
 * as SparkSubmit has it done; what Python prints comes out here.
 *
 * @param location as {@code local:///path} or an address
 * @param output what this process and Python print
 */
record PythonProgram(String location, LogTail output) implements MainProgram {

  /** The name that {@code PythonRunner} gives that thread. */
  private static final String REDIRECT = "redirect output";

  private static final long LAST_OUTPUT_MILLIS = 2000;

  private static final Pattern RAISED =
      Pattern.compile("[\\w.]+(Error|Exception|Interrupt|Exit)\\b.*");

  @Override
  public Optional<Location> file() {
    return Optional.of(new Location(location, "spec.main.python"));
  }

  @Override
  public Entry load(Dependencies dependencies) {
    String python = interpreter(dependencies.conf());
    if (Interpreter.find(python).isEmpty()) {
      throw new ProgramNotFoundException(
          "There is no "
              + python
              + " in the driver's image: set spec.image to one with Python and PySpark.");
    }
    if (!hasPySpark()) {
      throw new ProgramNotFoundException(
          "There is no PySpark in the driver's image: set spec.image to one that has it in"
              + " $SPARK_HOME/python, or on its PYTHONPATH.");
    }
    String path = dependencies.main().toString();
    String pyFiles = dependencies.conf().getOrDefault("spark.submit.pyFiles", "");
    return users ->
        PythonRunner.main(
            Stream.concat(Stream.of(path, pyFiles), Arrays.stream(users)).toArray(String[]::new));
  }

  /** PythonRunner waits for Python, but not for its own thread that passes Python's output on. */
  @Override
  public void finishOutput() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(REDIRECT)) {
        thread.join(LAST_OUTPUT_MILLIS);
      }
    }
  }

  @Override
  public String failure(Throwable thrown) {
    return thrown instanceof IOException
        ? "Python could not be run: " + thrown.getMessage() + "."
        : Failure.sentence(thrown, PythonRunner.class.getName());
  }

  /** Python's last line names what was raised, unless the program left on its own. */
  @Override
  public String exit(int exitCode) {
    String last = output.last();
    return RAISED.matcher(last).matches()
        ? "The application raised " + last + (last.endsWith(".") ? "" : ".")
        : "The application ended with exit code " + exitCode + ".";
  }

  private static String interpreter(Map<String, String> conf) {
    return Stream.of(
            conf.get("spark.pyspark.driver.python"),
            conf.get("spark.pyspark.python"),
            System.getenv("PYSPARK_DRIVER_PYTHON"),
            System.getenv("PYSPARK_PYTHON"))
        .filter(each -> each != null && !each.isBlank())
        .findFirst()
        .orElse("python3");
  }

  private static boolean hasPySpark() {
    String home = System.getenv().getOrDefault("SPARK_HOME", "/opt/spark");
    return System.getenv().containsKey("PYTHONPATH")
        || Files.exists(Path.of(home, "python", "lib", "pyspark.zip"));
  }
}
