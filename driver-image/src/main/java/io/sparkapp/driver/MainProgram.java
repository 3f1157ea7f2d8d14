package io.sparkapp.driver;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;

/** The user's program. */
sealed interface MainProgram
    permits JvmProgram, PythonProgram, RProgram, SqlProgram, ConnectProgram {

  /**
   * @param json as the operator writes it
   * @param output what this process prints
   */
  static MainProgram from(Map<String, String> json, LogTail output) {
    if (json.containsKey("python")) {
      return new PythonProgram(json.get("python"), output);
    }
    if (json.containsKey("sql") || json.containsKey("sqlText")) {
      return new SqlProgram(json.get("sql"), json.get("sqlText"));
    }
    if (json.containsKey("r")) {
      return new RProgram(json.get("r"));
    }
    if (json.containsKey("connect")) {
      return new ConnectProgram();
    }
    return new JvmProgram(json.get("jar"), json.get("class"));
  }

  /** The program's own file, which is fetched before it is loaded; empty when it has none. */
  Optional<Location> file();

  /**
   * Finds what is to be run, without running any of the user's code.
   *
   * @param dependencies what was fetched for it
   * @throws ProgramNotFoundException with the sentence that the user reads
   */
  Entry load(Dependencies dependencies);

  /** Waits a moment for what the program printed and nobody has passed on yet. */
  default void finishOutput() throws InterruptedException {}

  /** What was thrown out of it, as a sentence. */
  String failure(Throwable thrown);

  /** That it ended with this exit code, as a sentence. */
  String exit(int exitCode);

  /** What runs the program, once all of it was found. */
  @FunctionalInterface
  interface Entry {

    /**
     * Runs it to its end.
     *
     * @param arguments the user's
     * @throws Throwable what the user's code threw
     */
    void run(String[] arguments) throws Throwable;

    /** Calls a {@code main}. */
    static Entry of(Method main) {
      return arguments -> {
        try {
          main.invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        } catch (ExceptionInInitializerError e) {
          throw e.getCause() == null ? e : e.getCause();
        }
      };
    }
  }
}
