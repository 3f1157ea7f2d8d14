package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.QueueAdmission;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words that several sentences share. */
final class Wording {

  private Wording() {}

  /** "the driver with 3 executors". */
  static String gang(Application application, QueueAdmission how) {
    int executors = application.gang(how);
    boolean driver = !application.demand().driver().isNone();
    if (executors == 0) {
      return driver ? "its driver" : "it";
    }
    return (driver ? "its driver with " : "") + executors(executors);
  }

  /** What is missing of all nodes together, by how much, and what to do: the end of a sentence. */
  static String beyondNodes(Resources needs, Ceiling nodes) {
    String missing =
        needs.names().stream()
            .filter(name -> needs.amount(name) > nodes.of(name))
            .map(name -> beyondNodes(name, needs.amount(name), nodes.of(name)))
            .collect(Collectors.joining(", and "));
    return ("needs %s, and waits until nodes come. Ask for less, or, where nodes come when pods wait for"
            + " them, declare how much there can be: spec.max of SparkQueue root.")
        .formatted(missing);
  }

  private static String beyondNodes(String name, long needed, long there) {
    return there <= 0
        ? Amounts.of(name, needed) + ", of which no node has any"
        : "%s, %s more than the %s of all nodes together"
            .formatted(
                Amounts.of(name, needed),
                Amounts.bare(name, needed - there),
                Amounts.bare(name, there));
  }

  static String executors(int number) {
    return number == 1 ? "1 executor" : number + " executors";
  }

  /** "3 applications of user bob run in queue etl". */
  static String running(int number, String whose, Queue at) {
    return number == 1
        ? "1 application%s runs in %s".formatted(whose, at)
        : "%d applications%s run in %s".formatted(number, whose, at);
  }

  /** "1st", "2nd", "13th". */
  static String place(int place) {
    int tens = place % 100;
    String ending =
        tens >= 11 && tens <= 13
            ? "th"
            : switch (place % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return place + ending;
  }

  /** A sentence as a part of another one. */
  static String asPart(String sentence) {
    String begun = sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    return begun.endsWith(".") ? begun.substring(0, begun.length() - 1) : begun;
  }

  static String capitalized(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
