package io.sparkapp.cli;

import java.io.PrintStream;
import java.util.List;

/**
 * The driver's output on standard output, and everything about it on standard error. On a terminal
 * progress bars stand below the output and are drawn anew around it; elsewhere there are none.
 */
final class Screen {

  private static final String CLEAR_TO_END = "\u001b[J";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private List<String> bars = List.of();
  private boolean lineOpen;
  private int drawn;

  Screen(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  static boolean onTerminal() {
    return System.console() != null && !"dumb".equals(System.getenv("TERM"));
  }

  /** Some of what the driver wrote. */
  synchronized void output(byte[] bytes, int length) {
    wipe();
    out.write(bytes, 0, length);
    out.flush();
    lineOpen = length > 0 && bytes[length - 1] != '\n';
    draw();
  }

  /** A line of ours. */
  synchronized void say(String line) {
    wipe();
    closeLine();
    err.println(line);
    draw();
  }

  /** Bars that replace the former ones. */
  synchronized void bars(List<String> lines) {
    if (terminal && !lines.equals(bars)) {
      wipe();
      bars = List.copyOf(lines);
      draw();
    }
  }

  /** The last line: how it ended. */
  synchronized void end(String outcome) {
    wipe();
    bars = List.of();
    closeLine();
    out.println(outcome);
    out.flush();
  }

  private void closeLine() {
    if (lineOpen) {
      out.println();
      out.flush();
      lineOpen = false;
    }
  }

  private void draw() {
    // Bars below a line that is still being written would tear it apart.
    if (terminal && !lineOpen && !bars.isEmpty()) {
      bars.forEach(err::println);
      err.flush();
      drawn = bars.size();
    }
  }

  private void wipe() {
    if (drawn > 0) {
      err.print("\u001b[" + drawn + "A\r" + CLEAR_TO_END);
      err.flush();
      drawn = 0;
    }
  }
}
