package io.sparkapp.operator.applicationmaster;

import java.util.Optional;

/** The last thing that a container printed, short enough for a sentence. */
final class LastLine {

  private static final int LONGEST = 300;

  private LastLine() {}

  /**
   * Empty when nothing was printed.
   *
   * @param log the end of a log, or null
   */
  static Optional<String> of(String log) {
    return Optional.ofNullable(log)
        .flatMap(
            text ->
                text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .reduce((one, next) -> next))
        .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line);
  }
}
