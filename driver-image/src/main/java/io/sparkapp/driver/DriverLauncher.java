package io.sparkapp.driver;

import io.sparkapp.driver.LastWords.Outcome;
import io.sparkapp.driver.MainProgram.Entry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.util.SignalUtils;
import scala.Option;

/**
 * The driver's process: the user's {@code main} in this JVM, and exit codes as Spark on YARN's
 * {@code ApplicationMaster} gives them.
 */
public final class DriverLauncher {

  private static final int UNCAUGHT_EXCEPTION = 10;
  private static final int NOT_INITIALIZED = 13;
  private static final int USER_EXCEPTION = 15;
  private static final int EXIT_EARLY = 16;

  /** What a JVM exits with when a signal ends it. */
  private static final Map<String, Integer> EXIT_CODES_OF_SIGNALS =
      Map.of("HUP", 129, "INT", 130, "TERM", 143);

  private final DriverEnvironment environment;
  private final MainProgram program;
  private final LastWords lastWords;

  private DriverLauncher(DriverEnvironment environment, MainProgram program, LastWords lastWords) {
    this.environment = environment;
    this.program = program;
    this.lastWords = lastWords;
  }

  /** Runs the application; always ends the process, whatever threads it leaves behind. */
  public static void main(String[] arguments) {
    LogTail output = new LogTail();
    System.setOut(output.listenTo(System.out));
    System.setErr(output.listenTo(System.err));
    LastWords lastWords = new LastWords(DriverEnvironment.terminationLog(System.getenv()), output);
    int exitCode;
    Optional<String> problem =
        SparkLine.ofClassPath(DriverLauncher.class.getClassLoader())
            .problem(System.getenv().getOrDefault("SPARKAPP_IMAGE", "of this driver"));
    if (problem.isPresent()) {
      System.err.println(problem.get());
      lastWords.say(Outcome.NotInitialized, NOT_INITIALIZED, problem.get());
      System.exit(NOT_INITIALIZED);
    }
    try {
      DriverEnvironment environment = DriverEnvironment.from(System.getenv());
      MainProgram program = MainProgram.from(environment.main(), output);
      exitCode = new DriverLauncher(environment, program, lastWords).run(arguments);
    } catch (ProgramNotFoundException e) {
      System.err.println(e.getMessage());
      exitCode = NOT_INITIALIZED;
      lastWords.say(Outcome.NotInitialized, exitCode, e.getMessage());
    } catch (RuntimeException e) {
      e.printStackTrace();
      exitCode = UNCAUGHT_EXCEPTION;
      lastWords.say(Outcome.NotInitialized, exitCode, "The driver could not be started: " + e);
    }
    System.exit(exitCode);
  }

  private int run(String[] arguments) {
    setProperties();
    listenToTheEnd();
    Dependencies dependencies =
        new Dependencies(environment.conf(), fetchedFiles(), Path.of("").toAbsolutePath());
    Entry entry;
    try {
      dependencies.fetch(program.file());
      dependencies.conf().forEach(System::setProperty);
      entry = program.load(dependencies);
    } catch (ProgramNotFoundException e) {
      return notStarted(e);
    }
    return run(entry, arguments);
  }

  private int notStarted(ProgramNotFoundException e) {
    System.err.println(e.getMessage());
    lastWords.say(Outcome.NotInitialized, NOT_INITIALIZED, e.getMessage());
    return NOT_INITIALIZED;
  }

  /** Where there is room: with Spark's own files. */
  private static Path fetchedFiles() {
    String folders = System.getenv().getOrDefault("SPARK_LOCAL_DIRS", "");
    String first = folders.split(",")[0].strip();
    return Path.of(first.isEmpty() ? System.getProperty("java.io.tmpdir") : first, "dependencies");
  }

  // What the user's code throws is the user's to know, whatever it is.
  private int run(Entry entry, String[] arguments) {
    try {
      entry.run(arguments);
    } catch (Throwable thrown) {
      finishOutput();
      return thrown instanceof ProgramNotFoundException unusable
          ? notStarted(unusable)
          : failed(thrown);
    }
    finishOutput();
    stopSpark();
    lastWords.say(
        Outcome.Succeeded,
        0,
        usedSpark()
            ? "The application succeeded."
            : "The application succeeded; it did not use Spark.");
    return 0;
  }

  private void finishOutput() {
    try {
      program.finishOutput();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int failed(Throwable thrown) {
    int exitCode = USER_EXCEPTION;
    String message;
    if (thrown instanceof SparkUserAppException exit) {
      exitCode = exit.exitCode();
      message = program.exit(exitCode);
    } else {
      thrown.printStackTrace();
      message = program.failure(thrown);
    }
    lastWords.say(Outcome.UserError, exitCode, message);
    stopSpark();
    return exitCode;
  }

  /** SparkConf reads all of {@code spark.*}; what only this pod knows comes last. */
  private void setProperties() {
    System.setProperty("spark.network.crypto.enabled", "true");
    environment.conf().forEach(System::setProperty);
    String address = inUri(environment.podIp());
    System.setProperty("spark.app.id", environment.applicationId());
    System.setProperty("spark.driver.host", address);
    System.setProperty("spark.driver.bindAddress", address);
    System.setProperty("spark.authenticate", "true");
    System.setProperty("spark.authenticate.secret", environment.secret());
  }

  /** Spark wants IPv6 addresses in brackets ({@code Utils.checkHost}). */
  private static String inUri(String ip) {
    return ip.contains(":") && !ip.startsWith("[") ? "[" + ip + "]" : ip;
  }

  private void listenToTheEnd() {
    EXIT_CODES_OF_SIGNALS.forEach(
        (signal, exitCode) ->
            SignalUtils.register(
                signal,
                () -> {
                  lastWords.say(Outcome.Stopped, exitCode, "The driver was told to stop.");
                  // Whoever listened before goes on: the JVM shuts down, and Spark with it.
                  return false;
                }));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () ->
                    lastWords.say(
                        Outcome.ExitedEarly,
                        EXIT_EARLY,
                        "The application called System.exit before its main method returned."),
                "last-words"));
  }

  private static boolean usedSpark() {
    return Boolean.getBoolean(SparkAppClusterManager.USED);
  }

  /** What goes wrong here can not change how the user's program ended. */
  private static void stopSpark() {
    if (!usedSpark()) {
      return;
    }
    try {
      Option<SparkContext> active = SparkContext$.MODULE$.getActive();
      if (active.isDefined()) {
        active.get().stop();
      }
    } catch (RuntimeException e) {
      e.printStackTrace();
    }
  }
}
