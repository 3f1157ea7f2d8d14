package io.sparkapp.driver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;

/**
 * The process that a driver outside of the cluster is. Nobody else sees how it ends, so it looks
 * itself when Spark stops: whether the thread that started Spark threw, or left by System.exit.
 */
final class DriverProcess {

  /**
   * How the driver ended.
   *
   * @param exitCode as Spark on YARN gives them
   * @param message one sentence
   */
  record End(int exitCode, String message) {}

  /** {@code ApplicationMaster.EXIT_EXCEPTION_USER_CLASS} of Spark on YARN. */
  private static final int USER_EXCEPTION = 15;

  /** {@code CommandLineLoggingUtils.exitFn}, which SparkSubmit leaves by. */
  private static final String EXIT_OF_SPARK_SUBMIT = "org.apache.spark.util.CommandLine";

  private final Thread thread;
  private volatile Throwable thrown;

  private DriverProcess(Thread thread) {
    this.thread = thread;
  }

  /** Listens to this thread's end from now on. */
  static DriverProcess ofThisThread() {
    DriverProcess process = new DriverProcess(Thread.currentThread());
    Thread.UncaughtExceptionHandler before = process.thread.getUncaughtExceptionHandler();
    process.thread.setUncaughtExceptionHandler(
        (thread, exception) -> {
          process.thrown = exception;
          before.uncaughtException(thread, exception);
        });
    return process;
  }

  /** Who and where it is, for people. */
  String name() {
    return "%s@%s, process %d"
        .formatted(System.getProperty("user.name"), hostName(), ProcessHandle.current().pid());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A machine need not know its own name.
      return "localhost";
    }
  }

  /**
   * How it ends.
   *
   * @param exitCode what Spark was stopped with
   */
  End end(int exitCode) {
    if (thrown != null) {
      return new End(USER_EXCEPTION, Failure.sentence(thrown, userClass(thrown)));
    }
    if (exitCode != 0) {
      return new End(exitCode, "The driver stopped Spark with exit code " + exitCode + ".");
    }
    return sparkSubmitGaveUp(Thread.getAllStackTraces())
        ? new End(USER_EXCEPTION, "The program ended with an error; its output says which.")
        : new End(0, "The application succeeded.");
  }

  /** The outermost class on the stack that is neither Java's nor Spark's. */
  private static String userClass(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(name -> !name.matches("(java|javax|jdk|sun|scala|org[.]apache[.]spark)[.].*"))
        .reduce((inner, outer) -> outer)
        .orElse("?");
  }

  /** SparkSubmit calls System.exit itself only when the program that it started has failed. */
  static boolean sparkSubmitGaveUp(Map<Thread, StackTraceElement[]> stacks) {
    return stacks.values().stream().anyMatch(DriverProcess::leavesBySparkSubmit);
  }

  private static boolean leavesBySparkSubmit(StackTraceElement[] stack) {
    boolean exits =
        Arrays.stream(stack)
            .anyMatch(
                frame ->
                    frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit"));
    return exits
        && Arrays.stream(stack)
            .map(StackTraceElement::getClassName)
            .filter(name -> !name.startsWith("java."))
            .findFirst()
            .filter(name -> name.startsWith(EXIT_OF_SPARK_SUBMIT))
            .isPresent();
  }
}
