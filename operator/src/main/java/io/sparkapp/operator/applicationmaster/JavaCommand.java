package io.sparkapp.operator.applicationmaster;

import java.util.ArrayList;
import java.util.List;

/** The command lines of drivers and executors: no shell, no script. */
final class JavaCommand {

  /** {@code org.apache.spark.launcher.JavaModuleOptions} of Spark 4.1; unknown ones are ignored. */
  private static final List<String> MODULE_OPTIONS =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions",
          "--add-modules=jdk.incubator.vector",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.cs=ALL-UNNAMED",
          "--add-opens=java.base/sun.security.action=ALL-UNNAMED",
          "--add-opens=java.base/sun.util.calendar=ALL-UNNAMED",
          "--add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
          "-Djdk.reflect.useDirectMethodHandle=false",
          "-Dio.netty.tryReflectionSetAccessible=true",
          "-Dio.netty.allocator.type=pooled",
          "-Dio.netty.handler.ssl.defaultEndpointVerificationAlgorithm=NONE",
          "--enable-native-access=ALL-UNNAMED");

  private JavaCommand() {}

  /**
   * Arguments of {@code java}.
   *
   * @param heap as {@code -Xmx} takes it
   * @param defaults the operator's options; the user's come after them and win
   * @param userOptions the user's own, split at blanks outside quotes
   * @param classPath Spark's jars come first: a class-data archive is dropped when any jar precedes
   *     those it was made with
   */
  static List<String> arguments(
      String heap,
      String defaults,
      List<String> userOptions,
      String classPath,
      String mainClass,
      List<String> arguments) {
    List<String> all = new ArrayList<>(MODULE_OPTIONS);
    all.add("-Xmx" + heap);
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
