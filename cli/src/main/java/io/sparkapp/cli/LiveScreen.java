package io.sparkapp.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Lines on a terminal that are drawn anew in the same place. */
final class LiveScreen {

  private static final String CLEAR_TO_END = "\u001b[J";
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private final PrintWriter out;
  private final int rows;
  private int drawn;

  LiveScreen(PrintWriter out, Terminal terminal) {
    this.out = out;
    this.rows = terminal.rows();
  }

  /** Shows these lines instead of the former ones; those that do not fit are counted. */
  void show(List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    text.append('\r').append(CLEAR_TO_END).append(NO_WRAP);
    List<String> shown = fitting(lines);
    shown.forEach(line -> text.append(line).append('\n'));
    text.append(WRAP);
    out.print(text);
    out.flush();
    drawn = shown.size();
  }

  /** The cursor stands below the last line, so one row stays free. */
  private List<String> fitting(List<String> lines) {
    int most = Math.max(2, rows - 1);
    if (lines.size() <= most) {
      return lines;
    }
    List<String> some = new ArrayList<>(lines.subList(0, most - 1));
    some.add("... and " + (lines.size() - most + 1) + " more");
    return some;
  }
}
