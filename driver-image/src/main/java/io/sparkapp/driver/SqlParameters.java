package io.sparkapp.driver;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arguments of a SQL script: {@code name=value}, used as {@code :name}. What reads as a number
 * or as true or false is one, everything else is a string.
 */
final class SqlParameters {

  private static final Pattern ARGUMENT =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})[.][0-9]{1,18}");

  private SqlParameters() {}

  /**
   * Values by name.
   *
   * @throws ProgramNotFoundException when an argument has no name
   */
  static Map<String, Object> of(String[] arguments) {
    Map<String, Object> parameters = new TreeMap<>();
    for (String argument : arguments) {
      Matcher parts = ARGUMENT.matcher(argument);
      if (!parts.matches()) {
        throw new ProgramNotFoundException(
            "\""
                + argument
                + "\" of spec.main.args has no name: arguments of a SQL script are written as"
                + " name=value and used as :name.");
      }
      parameters.put(parts.group(1), value(parts.group(2)));
    }
    return parameters;
  }

  /** Those that the statement names as {@code :name}: Spark takes no others in every statement. */
  static Map<String, Object> namedIn(String statement, Map<String, Object> parameters) {
    Map<String, Object> named = new TreeMap<>(parameters);
    named
        .keySet()
        .removeIf(name -> !Pattern.compile(":\\s*" + name + "\\b").matcher(statement).find());
    return named;
  }

  private static Object value(String text) {
    if (INTEGER.matcher(text).matches()) {
      long number = Long.parseLong(text);
      return number == (int) number ? (Object) (int) number : (Object) number;
    }
    if (DECIMAL.matcher(text).matches()) {
      return new BigDecimal(text);
    }
    return List.of("true", "false").contains(text) ? (Object) Boolean.valueOf(text) : text;
  }
}
