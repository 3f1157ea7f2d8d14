package io.sparkapp.cli;

import io.sparkapp.crds.StageState;

/**
 * With what characters a DAG is drawn.
 *
 * @param unicode whether the terminal knows box-drawing characters
 * @param colour whether it knows colours
 */
record StagePen(boolean unicode, boolean colour) {

  /** By the sides that are open: {@link StageRails#UP} 1, DOWN 2, LEFT 4, RIGHT 8. */
  private static final String UNICODE = " ││││╯╮┤│╰╭├─┴┬┼";

  private static final String ASCII = " ||||+++|+++-+++";

  private static final String ESCAPE = "\u001b[";
  private static final String PLAIN = ESCAPE + "0m";

  String joint(int sides) {
    return String.valueOf((unicode ? UNICODE : ASCII).charAt(sides));
  }

  String mark(StageState state) {
    return switch (state) {
      case Waiting -> unicode ? "○" : "o";
      case Active -> unicode ? "▶" : ">";
      case Done -> unicode ? "●" : "*";
      case Skipped -> unicode ? "◌" : "-";
      case Failed -> unicode ? "✗" : "x";
    };
  }

  /** The text in the colour of the state. */
  String colour(StageState state, String text) {
    String code =
        switch (state) {
          case Waiting -> "0m";
          case Active -> "1;33m";
          case Done -> "32m";
          case Skipped -> "2m";
          case Failed -> "31m";
        };
    return colour && !text.isBlank() ? ESCAPE + code + text + PLAIN : text;
  }

  /** How much of a stage is done, and of it runs. */
  String bar(int done, int active, int total, int width) {
    int full = (int) ((long) width * done / Math.max(1, total));
    int part =
        Math.min(width - full, (int) Math.ceil((double) width * active / Math.max(1, total)));
    return (unicode ? "█" : "=").repeat(full)
        + (unicode ? "▒" : ">").repeat(part)
        + (unicode ? "░" : ".").repeat(width - full - part);
  }

  String ellipsis() {
    return unicode ? "…" : "~";
  }

  /** Stands before the stages that one reads. */
  String after() {
    return unicode ? "← " : "<- ";
  }
}
