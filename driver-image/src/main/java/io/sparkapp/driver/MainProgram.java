package io.sparkapp.driver;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;

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

  /** The program's own file, which is fetched before it is loaded; empty when it has none. */
  Optional<Location> file();

  /**
   * Finds the {@code main} to call, without running any of the user's code.
   *
   * @param dependencies what was fetched for it
   * @throws ProgramNotFoundException with the sentence that the user reads
   */
  Method load(Dependencies dependencies);

  /** What that {@code main} is called with to run the program with these arguments. */
  String[] arguments(Dependencies dependencies, String[] users);

  /** Waits a moment for what the program printed and nobody has passed on yet. */
  default void finishOutput() throws InterruptedException {}

  /** What was thrown out of it, as a sentence. */
  String failure(Throwable thrown);

  /** That it ended with this exit code, as a sentence. */
  String exit(int exitCode);
}
