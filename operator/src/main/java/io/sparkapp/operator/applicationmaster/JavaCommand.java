package io.sparkapp.operator.applicationmaster;

import java.util.ArrayList;
import java.util.List;

/** The command lines of drivers and executors: no shell, no script. */
final class JavaCommand {

  private JavaCommand() {}

  /**
   * Arguments of {@code java}.
   *
   * @param argumentFile what the image's own Spark and JVM need: options to open modules, and the
   *     class-data archive if the image has one
   * @param heap as {@code -Xmx} takes it
   * @param defaults the operator's options; the user's come after them and win
   * @param userOptions the user's own, split at blanks outside quotes
   * @param classPath see {@link ContainerParts#classPath}
   */
  static List<String> arguments(
      String argumentFile,
      String heap,
      String defaults,
      List<String> userOptions,
      String classPath,
      String mainClass,
      List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("@" + argumentFile, "-Xmx" + heap));
    List<String> users = userOptions.stream().flatMap(each -> split(each).stream()).toList();
    // The JVM refuses two collectors, whichever comes last.
    boolean ownCollector = users.stream().anyMatch(JavaCommand::choosesCollector);
    split(defaults).stream()
        .filter(option -> !(ownCollector && choosesCollector(option)))
        .forEach(all::add);
    all.addAll(users);
    all.add("-cp");
    all.add(classPath);
    all.add(mainClass);
    all.addAll(arguments);
    return List.copyOf(all);
  }

  private static boolean choosesCollector(String option) {
    return option.startsWith("-XX:+Use") && option.endsWith("GC");
  }

  /** Splits at blanks; single and double quotes keep blanks together. */
  static List<String> split(String options) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (char c : options.toCharArray()) {
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        word = word == null ? new StringBuilder() : word;
      } else if (!Character.isWhitespace(c)) {
        word = word == null ? new StringBuilder() : word;
        word.append(c);
      } else if (word != null) {
        words.add(word.toString());
        word = null;
      }
    }
    if (quote != 0) {
      throw new UnusableSpecException("The Java options \"" + options + "\" lack a closing quote.");
    }
    if (word != null) {
      words.add(word.toString());
    }
    return List.copyOf(words);
  }
}
