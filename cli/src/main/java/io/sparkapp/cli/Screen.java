package io.sparkapp.cli;

import java.io.PrintStream;
import java.util.List;

/**
 * The driver's output on standard output, and everything about it on standard error. On a terminal
 * progress bars stand below the output and are drawn anew around it; elsewhere there are none.
 *
 * <p>That standard error is a terminal, and how wide, is known to the script that starts the
 * command: it says so in the system property {@value #COLUMNS}. A JVM can not tell.
 */
final class Screen {

  static final String COLUMNS = "sparkapp.columns";

  private static final String CLEAR_TO_END = "\u001b[J";

  private final PrintStream out;
  private final PrintStream err;
  private final int columns;
  private List<String> bars = List.of();
  private boolean lineOpen;
  private int drawn;
  private boolean closed;

  /**
   * @param columns of the terminal; 0 when there is none
   */
  Screen(PrintStream out, PrintStream err, int columns) {
    this.out = out;
    this.err = err;
    this.columns = columns;
  }

  static Screen ofThisProcess() {
    boolean draws = !"dumb".equals(System.getenv("TERM"));
    return new Screen(System.out, System.err, draws ? Integer.getInteger(COLUMNS, 0) : 0);
  }

  boolean hasBars() {
    return columns > 0;
  }

  int columns() {
    return columns;
  }

  /** Some of what the driver wrote. */
  synchronized void output(byte[] bytes, int length) {
    if (closed) {
      return;
    }
    wipe();
    out.write(bytes, 0, length);
    out.flush();
    lineOpen = length > 0 && bytes[length - 1] != '\n';
    draw();
  }

  /** A line of ours. */
  synchronized void say(String line) {
    if (closed) {
      return;
    }
    wipe();
    closeLine();
    err.println(line);
    draw();
  }

  /** Bars that replace the former ones. */
  synchronized void bars(List<String> lines) {
    if (hasBars() && !closed && !lines.equals(bars)) {
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

  /** A last line of ours; nothing is written after it. */
  synchronized void close(String line) {
    bars(List.of());
    say(line);
    closed = true;
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
    if (hasBars() && !lineOpen && !bars.isEmpty()) {
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
