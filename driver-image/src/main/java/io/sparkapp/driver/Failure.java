package io.sparkapp.driver;

import java.util.Arrays;

/** Says an exception in one sentence: what, with what words, and where in the user's code. */
final class Failure {

  private Failure() {}

  static String sentence(Throwable thrown, String mainClass) {
    String words = thrown.getMessage() == null ? "" : ": " + firstLine(thrown.getMessage());
    String where =
        Arrays.stream(thrown.getStackTrace())
            .filter(frame -> isUsers(frame, mainClass))
            .findFirst()
            .map(frame -> " (at " + frame + ")")
            .orElse("");
    return "The application threw " + thrown.getClass().getName() + words + where + ".";
  }

  /** Code in the package of the main class or below is the user's. */
  private static boolean isUsers(StackTraceElement frame, String mainClass) {
    int dot = mainClass.lastIndexOf('.');
    return frame.getClassName().startsWith(dot < 0 ? mainClass : mainClass.substring(0, dot + 1));
  }

  static String firstLine(String message) {
    return message.strip().lines().findFirst().orElse("");
  }
}
