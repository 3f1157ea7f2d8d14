package io.sparkapp.cli;

import io.sparkapp.crds.Progress;
import io.sparkapp.crds.Progress.ActiveStage;
import io.sparkapp.crds.StageNode;
import io.sparkapp.crds.StageState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The DAG of stages, drawn: a line for each stage with its mark, id, name, a bar while it runs, and
 * its tasks; parents stand above, rails lead from them to their children. When there are too many
 * rails for the terminal each line is indented by what is before it and names its parents.
 */
final class StagePicture {

  private static final int BAR = 12;
  private static final int LEAST_NAME = 16;
  private static final int DEEPEST = 12;
  private static final int LONGEST_LIST = 6;

  private final List<StageNode> graph;
  private final Map<Integer, ActiveStage> running;
  private final Instant now;
  private final int columns;
  private final StagePen pen;
  private final int barWidth;
  private final int idWidth;
  private final int countWidth;
  private final int timeWidth;
  private final List<StageRails.Line> rails;
  private final int railsWidth;
  private final boolean asTree;

  /**
   * @param progress with its graph
   * @param columns of the terminal
   */
  StagePicture(Progress progress, Instant now, int columns, StagePen pen) {
    this.graph = progress.graph().stream().sorted(Comparator.comparing(StageNode::stage)).toList();
    this.running =
        progress.active() == null
            ? Map.of()
            : progress.active().stream()
                .collect(Collectors.toMap(ActiveStage::stage, each -> each, (one, other) -> other));
    this.now = now;
    this.columns = columns;
    this.pen = pen;
    this.barWidth =
        graph.stream().anyMatch(each -> each.state() == StageState.Active) ? BAR + 1 : 0;
    this.rails = StageRails.of(graph);
    this.railsWidth = 2 * StageRails.width(rails);
    this.idWidth = graph.stream().mapToInt(each -> id(each).length()).max().orElse(0);
    this.countWidth = graph.stream().mapToInt(each -> count(each).length()).max().orElse(0);
    this.timeWidth = graph.stream().mapToInt(each -> time(each).length()).max().orElse(0);
    this.asTree = columns - 1 - railsWidth - rest() < LEAST_NAME;
  }

  List<String> lines() {
    return asTree ? tree() : rails.stream().map(this::drawn).toList();
  }

  /** What stands beside rails and name. */
  private int rest() {
    return idWidth + 1 + barWidth + 1 + countWidth + 1 + timeWidth;
  }

  private String drawn(StageRails.Line line) {
    StringBuilder text = new StringBuilder();
    for (int cell = 0; cell < line.cells().size(); cell++) {
      boolean mark = line.stage().isPresent() && cell == 2 * line.column();
      text.append(mark ? mark(line.stage().get()) : pen.joint(line.cells().get(cell)));
    }
    return line.stage()
        .map(
            stage ->
                text + " ".repeat(railsWidth - line.cells().size()) + described(stage, railsWidth))
        .orElseGet(text::toString);
  }

  private String mark(StageNode stage) {
    return pen.colour(stage.state(), pen.mark(stage.state()));
  }

  private String described(StageNode stage, int before) {
    int room = columns - 1 - before - rest();
    String name = fit(name(stage), room);
    String text =
        right(id(stage), idWidth)
            + " "
            + name
            + " ".repeat(room - name.length())
            + bar(stage)
            + " "
            + right(count(stage), countWidth)
            + " "
            + right(time(stage), timeWidth);
    return pen.colour(stage.state(), text.stripTrailing());
  }

  /** Without rails, for graphs that are wider than the terminal. */
  private List<String> tree() {
    Map<Integer, Integer> depths = new HashMap<>();
    List<String> lines = new ArrayList<>();
    for (StageRails.Line line : rails) {
      line.stage().ifPresent(stage -> lines.add(branch(stage, depths)));
    }
    return lines;
  }

  private String branch(StageNode stage, Map<Integer, Integer> depths) {
    int depth =
        parents(stage).stream()
            .mapToInt(parent -> depths.getOrDefault(parent, -1) + 1)
            .max()
            .orElse(0);
    depths.put(stage.stage(), depth);
    int indent = Math.min(depth, DEEPEST);
    return " ".repeat(indent) + mark(stage) + " " + described(stage, indent + 2);
  }

  private String name(StageNode stage) {
    String name = stage.name() == null ? "" : stage.name().replaceAll("\\p{Cntrl}", " ");
    List<Integer> known = graph.stream().map(StageNode::stage).toList();
    List<Integer> told =
        asTree
            ? parents(stage)
            : parents(stage).stream().filter(parent -> !known.contains(parent)).toList();
    return told.isEmpty() ? name : pen.after() + listed(told) + "  " + name;
  }

  private String listed(List<Integer> ids) {
    String some =
        ids.stream().limit(LONGEST_LIST).map(Object::toString).collect(Collectors.joining(","));
    return ids.size() > LONGEST_LIST ? some + pen.ellipsis() : some;
  }

  private static List<Integer> parents(StageNode stage) {
    return stage.parents() == null ? List.of() : List.copyOf(new TreeSet<>(stage.parents()));
  }

  private static String id(StageNode stage) {
    return stage.stage().toString();
  }

  private String count(StageNode stage) {
    int tasks = Objects.requireNonNullElse(stage.tasks(), 0);
    ActiveStage active = running.get(stage.stage());
    String counted =
        switch (stage.state()) {
          case Waiting -> "0/" + tasks;
          case Active -> (active == null ? "?" : active.done().toString()) + "/" + tasks;
          case Done -> tasks + "/" + tasks;
          case Skipped -> "skipped";
          case Failed -> "failed";
        };
    return stage.failed() == null || stage.failed() == 0
        ? counted
        : counted + " (" + stage.failed() + " failed)";
  }

  private String bar(StageNode stage) {
    ActiveStage active = running.get(stage.stage());
    return stage.state() != StageState.Active || active == null
        ? " ".repeat(barWidth)
        : " " + pen.bar(active.done(), active.active(), active.total(), BAR);
  }

  private String time(StageNode stage) {
    if (stage.submitted() == null
        || stage.completed() == null && stage.state() != StageState.Active) {
      return "";
    }
    Instant end = stage.completed() == null ? now : Instant.parse(stage.completed());
    return Age.of(Duration.between(Instant.parse(stage.submitted()), end));
  }

  private String fit(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + pen.ellipsis();
  }

  private static String right(String text, int width) {
    return " ".repeat(width - text.length()) + text;
  }
}
