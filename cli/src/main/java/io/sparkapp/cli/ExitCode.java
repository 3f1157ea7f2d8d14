package io.sparkapp.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How a command may end. Scripts rely on these numbers: none ever gets another meaning. */
enum ExitCode {
  DONE(0, "Done; where an application was waited for, it succeeded."),
  FAILED(1, "The application failed, or what was asked for can not be done."),
  BAD_INPUT(2, "An option, a value or a file can not be used."),
  NOT_FOUND(3, "There is no such application, schedule, queue, pod or context."),
  FORBIDDEN(4, "You are not logged in, or may not do this."),
  UNREACHABLE(5, "The cluster does not answer, or is not up."),
  /** As {@code EX_SOFTWARE} of sysexits.h. */
  DEFECT(70, "A defect of this command; --debug shows where."),
  /** As shells have it for a process that SIGINT ended; the JVM does this itself. */
  INTERRUPTED(130, "Ended by Ctrl-C.");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  int number() {
    return number;
  }

  String meaning() {
    return meaning;
  }

  /** As picocli's help lists them. */
  static Map<String, String> list() {
    return Arrays.stream(values())
        .collect(
            Collectors.toMap(
                code -> String.format("%3d", code.number),
                ExitCode::meaning,
                (one, other) -> one,
                LinkedHashMap::new));
  }
}
