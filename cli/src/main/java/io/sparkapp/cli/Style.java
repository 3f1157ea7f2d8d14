package io.sparkapp.cli;

import io.sparkapp.crds.Phase;
import java.util.Optional;

/** Colours and weights of text, or none where nobody could see them. */
record Style(boolean on) {

  static final Style PLAIN = new Style(false);

  /** When text is coloured. */
  enum When {
    auto,
    always,
    never
  }

  /**
   * On a terminal that shows colours, unless its user says otherwise.
   *
   * @param noColor the variable NO_COLOR: not empty means none (no-color.org)
   * @param term the variable TERM
   */
  static Style of(When when, Optional<Terminal> terminal, String noColor, String term) {
    return switch (when) {
      case always -> new Style(true);
      case never -> PLAIN;
      case auto ->
          new Style(
              terminal.isPresent()
                  && (noColor == null || noColor.isEmpty())
                  && !"dumb".equals(term));
    };
  }

  String bold(String text) {
    return sgr("1", text);
  }

  String faint(String text) {
    return sgr("2", text);
  }

  String bad(String text) {
    return sgr("31", text);
  }

  /** Text about a phase, in the phase's colour. */
  String phase(Phase phase, String text) {
    return phase == null
        ? text
        : switch (phase) {
          case Waiting, Restarting -> sgr("33", text);
          case Starting -> sgr("36", text);
          case Running -> sgr("34", text);
          case Suspended -> sgr("35", text);
          case Succeeded -> sgr("32", text);
          case Failed -> sgr("31", text);
        };
  }

  /** One of a few colours that can be told apart, the same for the same number. */
  String numbered(int number, String text) {
    return sgr(Integer.toString(31 + Math.floorMod(number, 6)), text);
  }

  private String sgr(String code, String text) {
    return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
