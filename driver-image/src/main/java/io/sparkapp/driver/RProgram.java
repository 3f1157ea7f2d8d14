package io.sparkapp.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.deploy.RRunner;

/**
 * An R file. Spark's {@code RRunner} starts R beside this JVM and connects the two, as SparkSubmit
 * has it done; it is in Spark until SparkR, which is deprecated, goes.
 *
 * @param location as {@code local:///path} or an address
 */
record RProgram(String location) implements MainProgram {

  @Override
  public Optional<Location> file() {
    return Optional.of(new Location(location, "spec.main.r"));
  }

  @Override
  public Entry load(Dependencies dependencies) {
    String r = interpreter(dependencies.conf());
    if (Interpreter.find(r).isEmpty()) {
      throw new ProgramNotFoundException(
          "There is no " + r + " in the driver's image: set spec.image to one with R and SparkR.");
    }
    if (!hasSparkR()) {
      throw new ProgramNotFoundException(
          "There is no SparkR in the driver's image: set spec.image to one that has it in"
              + " $SPARK_HOME/R/lib.");
    }
    String path = dependencies.main().toString();
    return users ->
        RRunner.main(Stream.concat(Stream.of(path), Arrays.stream(users)).toArray(String[]::new));
  }

  @Override
  public String failure(Throwable thrown) {
    return thrown instanceof IOException
        ? "R could not be run: " + thrown.getMessage() + "."
        : Failure.sentence(thrown, RRunner.class.getName());
  }

  @Override
  public String exit(int exitCode) {
    return "The application ended with exit code " + exitCode + ".";
  }

  private static String interpreter(Map<String, String> conf) {
    return Stream.of(
            conf.get("spark.r.driver.command"),
            conf.get("spark.r.command"),
            conf.get("spark.sparkr.r.command"))
        .filter(each -> each != null && !each.isBlank())
        .findFirst()
        .orElse("Rscript");
  }

  private static boolean hasSparkR() {
    String home = System.getenv().getOrDefault("SPARK_HOME", "/opt/spark");
    return Files.isDirectory(Path.of(home, "R", "lib", "SparkR"));
  }
}
