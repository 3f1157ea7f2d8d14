package io.sparkapp.cli.convert;

import io.sparkapp.cli.submit.Remark.Kind;

/**
 * What its user has to know about a field.
 *
 * @param line in the file, counted from 1
 * @param field as {@code spec.driver.podName}
 * @param kind a note, or something that was not carried over
 * @param sentence what becomes of it and why
 */
public record Finding(int line, String field, Kind kind, String sentence) {

  /** Whether the result lacks something. */
  public boolean isLoss() {
    return kind != Kind.NOTE;
  }

  /**
   * As it is printed.
   *
   * @param file the name of the file
   */
  public String line(String file) {
    return "%s:%d: %s: %s%s"
        .formatted(file, line, field, isLoss() ? "not carried over: " : "", sentence);
  }
}
