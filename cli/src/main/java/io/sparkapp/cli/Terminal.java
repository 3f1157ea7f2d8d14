package io.sparkapp.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that standard output is. Only a shell can tell whether it is one: the script that
 * starts the command says so in the system property {@value #PROPERTY}.
 *
 * @param rows its lines
 * @param columns its columns
 */
record Terminal(int rows, int columns) {

  static final String PROPERTY = "sparkapp.terminal";

  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4}) ([1-9][0-9]{0,4})");

  static Optional<Terminal> ofThisProcess() {
    return parse(System.getProperty(PROPERTY, ""));
  }

  /** Reads lines and columns as {@code stty size} prints them. */
  static Optional<Terminal> parse(String size) {
    Matcher matcher = SIZE.matcher(size);
    return matcher.matches()
        ? Optional.of(
            new Terminal(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }
}
