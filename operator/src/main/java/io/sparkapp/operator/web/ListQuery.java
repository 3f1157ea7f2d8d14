package io.sparkapp.operator.web;

import io.sparkapp.crds.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which applications somebody wants to see, in which order, and which page of them.
 *
 * @param text letters that a line must have, in lower case; empty for any
 * @param namespace empty for any
 * @param queue empty for any
 * @param phase empty for any
 * @param page from 0
 * @param size lines of a page
 */
record ListQuery(
    String text,
    String namespace,
    String queue,
    Optional<Phase> phase,
    SortBy sort,
    boolean descending,
    int page,
    int size) {

  static final int MOST = 200;
  private static final int USUAL = 50;
  private static final int LAST_PAGE = 1_000_000;

  /**
   * Reads it from an address.
   *
   * @throws AnswerException naming the part that can not be understood
   */
  static ListQuery of(Map<String, String> parameters) {
    String sort = parameters.getOrDefault("sort", "created");
    return new ListQuery(
        parameters.getOrDefault("text", "").strip().toLowerCase(Locale.ROOT),
        parameters.getOrDefault("namespace", ""),
        parameters.getOrDefault("queue", ""),
        phase(parameters.getOrDefault("phase", "")),
        SortBy.of(sort)
            .orElseThrow(
                () ->
                    AnswerException.badRequest(
                        "sort can not be " + sort + "; it is one of " + SortBy.words() + ".")),
        !"false"
            .equals(
                parameters.getOrDefault("descending", Boolean.toString(sort.equals("created")))),
        number(parameters, "page", 0, 0, LAST_PAGE),
        number(parameters, "size", USUAL, 1, MOST));
  }

  private static Optional<Phase> phase(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = Arrays.stream(Phase.values()).map(Phase::name).toList();
    if (!names.contains(text)) {
      throw AnswerException.badRequest(
          "phase can not be " + text + "; it is one of " + String.join(", ", names) + ".");
    }
    return Optional.of(Phase.valueOf(text));
  }

  static int number(
      Map<String, String> parameters, String name, int otherwise, int least, int most) {
    String text = parameters.getOrDefault(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // It is told below what it should have been.
    }
    throw AnswerException.badRequest(
        name + " can not be " + text + "; it is a number from " + least + " to " + most + ".");
  }

  /** But for the phase, by which the numbers beside the list are told apart. */
  boolean takes(ApplicationRow row) {
    return (namespace.isEmpty() || namespace.equals(row.namespace()))
        && (queue.isEmpty() || queue.equals(row.queue()))
        && (text.isEmpty() || row.has(text));
  }
}
