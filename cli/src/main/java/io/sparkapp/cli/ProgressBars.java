package io.sparkapp.cli;

import io.sparkapp.crds.Progress;
import io.sparkapp.crds.Progress.ActiveStage;
import java.util.List;

/** One bar for each running stage, as Spark's own console progress bar shows them. */
final class ProgressBars {

  private static final int BAR = 24;
  private static final int SHORTEST_NAME = 8;

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
    int room = Math.max(SHORTEST_NAME, width - label.length() - BAR - counts.length() - 4);
    String name = stage.name() == null ? "" : stage.name();
    return label
        + "["
        + bar
        + "]"
        + counts
        + " "
        + (name.length() > room ? name.substring(0, room) : name);
  }
}
