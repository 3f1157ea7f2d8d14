package io.sparkapp.driver;

import io.sparkapp.driver.LastWords.Outcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
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
  private static final int TERMINATED = 143;

  private final DriverEnvironment environment;
  private final LastWords lastWords;

  private DriverLauncher(DriverEnvironment environment, LastWords lastWords) {
    this.environment = environment;
    this.lastWords = lastWords;
  }

  /** Runs the application; always ends the process, whatever threads it leaves behind. */
  public static void main(String[] arguments) {
    LastWords lastWords = new LastWords(DriverEnvironment.terminationLog(System.getenv()));
    int exitCode;
    try {
      DriverEnvironment environment = DriverEnvironment.from(System.getenv());
      exitCode = new DriverLauncher(environment, lastWords).run(arguments);
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
    Method main;
    try {
      main = environment.main().load();
    } catch (ProgramNotFoundException e) {
      System.err.println(e.getMessage());
      lastWords.say(Outcome.NotInitialized, NOT_INITIALIZED, e.getMessage());
      return NOT_INITIALIZED;
    }
    return call(main, arguments);
  }

  private int call(Method main, String[] arguments) {
    try {
      main.invoke(null, (Object) arguments);
      stopSpark();
      lastWords.say(Outcome.Succeeded, 0, "The application succeeded.");
      return 0;
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      if (thrown instanceof SparkUserAppException exit) {
        String message = "The application ended with exit code " + exit.exitCode() + ".";
        lastWords.say(Outcome.UserError, exit.exitCode(), message);
        return exit.exitCode();
      }
      thrown.printStackTrace();
      lastWords.say(
          Outcome.UserError,
          USER_EXCEPTION,
          Failure.sentence(thrown, environment.main().className()));
      stopSpark();
      return USER_EXCEPTION;
    } catch (IllegalAccessException e) {
      String message = "Class " + environment.main().className() + " is not public.";
      System.err.println(message);
      lastWords.say(Outcome.NotInitialized, NOT_INITIALIZED, message);
      return NOT_INITIALIZED;
    }
  }

  /** SparkConf reads all of {@code spark.*}; what only this pod knows comes last. */
  private void setProperties() {
    environment.conf().forEach(System::setProperty);
    System.setProperty("spark.driver.host", environment.podIp());
    System.setProperty("spark.driver.bindAddress", environment.podIp());
    System.setProperty("spark.authenticate", "true");
    System.setProperty("spark.authenticate.secret", environment.secret());
  }

  private void listenToTheEnd() {
    SignalUtils.register(
        "TERM",
        () -> {
          lastWords.say(Outcome.Stopped, TERMINATED, "The driver was told to stop.");
          // Whoever listened before goes on: the JVM shuts down, and Spark with it.
          return false;
        });
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

  private static void stopSpark() {
    Option<SparkContext> active = SparkContext$.MODULE$.getActive();
    if (active.isDefined()) {
      active.get().stop();
    }
  }
}
