package io.sparkapp.cli;

import io.sparkapp.crds.Progress;
import io.sparkapp.crds.Progress.ActiveStage;
import java.util.List;

/** One bar for each running stage, as Spark's own console progress bar shows them. */
final class ProgressBars {

  private static final int BAR = 24;

  private ProgressBars() {}

  /**
   * @param width columns of the terminal
   */
  static List<String> lines(Progress progress, int width) {
    if (progress == null || progress.active() == null) {
      return List.of();
    }
    return progress.active().stream().map(stage -> line(stage, width)).toList();
  }

  private static String line(ActiveStage stage, int width) {
    int total = Math.max(1, stage.total());
    int done = (int) ((long) BAR * stage.done() / total);
    int active = Math.min(BAR - done, (int) Math.ceil((double) BAR * stage.active() / total));
    String bar = "=".repeat(done) + ">".repeat(active) + " ".repeat(BAR - done - active);
    String counts = " " + stage.done() + "+" + stage.active() + "/" + stage.total();
    String label = "stage " + stage.stage() + " ";
    String name = stage.name() == null ? "" : stage.name().replaceAll("\\p{Cntrl}", " ");
    String line = label + "[" + bar + "]" + counts + " " + name;
    // A line that reaches the last column wraps on some terminals, and can not be wiped then.
    return line.length() < width ? line : line.substring(0, Math.max(0, width - 1));
  }
}
