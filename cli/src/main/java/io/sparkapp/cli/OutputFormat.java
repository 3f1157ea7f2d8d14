package io.sparkapp.cli;

/** What a command prints instead of a screen; named as kubectl's {@code -o}. */
enum OutputFormat {
  /** The objects, for programs. */
  json,
  /** The objects, for people and files. */
  yaml,
  /** The screen with more columns. */
  wide,
  /** One {@code sparkapp.sparkapp.io/NAME} a line, for kubectl. */
  name;

  boolean isObjects() {
    return this == json || this == yaml;
  }
}
