package io.sparkapp.operator;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads environment variables; what can not be understood is refused with the variable's name. */
final class EnvironmentReader {

  private final Map<String, String> environment;

  EnvironmentReader(Map<String, String> environment) {
    this.environment = environment;
  }

  String text(String name, String otherwise) {
    String text = environment.get(name);
    return text == null || text.isBlank() ? otherwise : text.strip();
  }

  String required(String name, String why) {
    String text = text(name, "");
    if (text.isEmpty()) {
      throw new IllegalArgumentException(name + " is not set: " + why + ".");
    }
    return text;
  }

  boolean flag(String name, boolean otherwise) {
    return read(
        name,
        otherwise,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("neither true nor false");
            });
  }

  int number(String name, int otherwise, int least, int most) {
    return read(
        name,
        otherwise,
        text -> {
          int value = Integer.parseInt(text);
          if (value < least || value > most) {
            throw new NumberFormatException();
          }
          return value;
        },
        "not a number from " + least + " to " + most);
  }

  /** An ISO 8601 duration. */
  Duration duration(String name, Duration otherwise) {
    return read(
        name,
        otherwise,
        text -> {
          Duration duration = Duration.parse(text);
          if (duration.isNegative() || duration.isZero()) {
            throw new DateTimeParseException("", text, 0);
          }
          return duration;
        },
        "not a duration like PT15S");
  }

  /** Values between commas. */
  List<String> list(String name) {
    return Arrays.stream(text(name, "").split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  <T> T read(String name, T otherwise, Function<String, T> reading) {
    return read(name, otherwise, reading, null);
  }

  private <T> T read(String name, T otherwise, Function<String, T> reading, String wrong) {
    String text = text(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IllegalArgumentException(
          name + "=" + text + " is " + (wrong == null ? e.getMessage() : wrong) + ".", e);
    }
  }
}
