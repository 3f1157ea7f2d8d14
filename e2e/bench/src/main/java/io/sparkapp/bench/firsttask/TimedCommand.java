package io.sparkapp.bench.firsttask;

import io.sparkapp.bench.apiserver.Results;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command and the processor time that it and all its children took; its output is logged. */
final class TimedCommand {

  private static final Pattern TIME = Pattern.compile("(\\d+)m([0-9.]+)s");

  /** Once a process has ended nobody but its parent can be told its time: that is this shell. */
  private static final String SHELL = "\"$@\" >>\"$LOG\" 2>&1 || exit; times";

  private final List<String> command;
  private final Map<String, String> environment;

  TimedCommand(List<String> command, Map<String, String> environment) {
    this.command = command;
    this.environment = environment;
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException when it fails
   */
  Duration run() throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("bash", "-c", SHELL, "timed"));
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    builder.environment().put("LOG", Results.file("first-task-commands.log").toString());
    Process process = builder.start();
    String times = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(
          command.get(0) + " has failed; see " + Results.file("first-task-commands.log") + ".");
    }
    return sum(times);
  }

  /** All that bash's {@code times} prints: the shell's own and its children's, user and system. */
  static Duration sum(String times) {
    Duration sum = Duration.ZERO;
    Matcher each = TIME.matcher(times);
    while (each.find()) {
      sum =
          sum.plusMinutes(Long.parseLong(each.group(1)))
              .plusMillis(Math.round(1000 * Double.parseDouble(each.group(2))));
    }
    return sum;
  }
}
