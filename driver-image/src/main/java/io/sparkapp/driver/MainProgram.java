package io.sparkapp.driver;

import java.lang.reflect.Method;
import java.util.Map;

/** The user's program. */
sealed interface MainProgram permits JvmProgram, PythonProgram {

  /**
   * @param json as the operator writes it
   * @param output what this process prints
   */
  static MainProgram from(Map<String, String> json, LogTail output) {
    return json.containsKey("python")
        ? new PythonProgram(json.get("python"), output)
        : new JvmProgram(json.get("jar"), json.get("class"));
  }

  /**
   * Finds the {@code main} to call, without running any of the user's code.
   *
   * @param conf Spark properties; {@code spark.jars} of this image are on the class path too
   * @throws ProgramNotFoundException with the sentence that the user reads
   */
  Method load(Map<String, String> conf);

  /** What that {@code main} is called with to run the program with these arguments. */
  String[] arguments(String[] users);

  /** Waits a moment for what the program printed and nobody has passed on yet. */
  default void finishOutput() throws InterruptedException {}

  /** What was thrown out of it, as a sentence. */
  String failure(Throwable thrown);

  /** That it ended with this exit code, as a sentence. */
  String exit(int exitCode);
}
