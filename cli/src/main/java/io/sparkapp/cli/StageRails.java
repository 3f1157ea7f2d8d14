package io.sparkapp.cli;

import io.sparkapp.crds.StageNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the stages of a DAG stand when each has one line, parents above their children: from every
 * stage a rail runs down to its last child, and joins bend into the rail of the one that reads
 * them. A rail that only passes is not touched.
 */
final class StageRails {

  /** Of a cell, which sides are open. */
  static final int UP = 1;

  static final int DOWN = 2;
  static final int LEFT = 4;
  static final int RIGHT = 8;

  /**
   * One line of the picture.
   *
   * @param cells what is open around each character, a rail at every second
   * @param column of the stage's rail
   * @param stage that stands on this line; empty when the line only joins rails
   */
  record Line(List<Integer> cells, int column, Optional<StageNode> stage) {}

  private final Map<Integer, StageNode> stages = new LinkedHashMap<>();
  private final Map<Integer, Integer> childrenToCome = new HashMap<>();

  /** By column, the stage whose rail runs there, or null. */
  private final List<Integer> rails = new ArrayList<>();

  private final List<Line> lines = new ArrayList<>();

  private StageRails(List<StageNode> graph) {
    graph.stream()
        .sorted(Comparator.comparing(StageNode::stage))
        .forEach(stage -> stages.put(stage.stage(), stage));
    stages.values().stream()
        .flatMap(stage -> parents(stage).stream())
        .forEach(parent -> childrenToCome.merge(parent, 1, Integer::sum));
  }

  /** The lines of this graph; of every stage its parents, if they are in the graph, come first. */
  static List<Line> of(List<StageNode> graph) {
    StageRails rails = new StageRails(graph);
    Set<Integer> done = new HashSet<>();
    List<StageNode> results =
        rails.stages.values().stream()
            .filter(stage -> !rails.childrenToCome.containsKey(stage.stage()))
            .toList();
    results.forEach(result -> rails.addWithAncestors(result, done));
    return List.copyOf(rails.lines);
  }

  /** How many rails run side by side at most. */
  static int width(List<Line> lines) {
    return lines.stream().mapToInt(line -> (line.cells().size() + 1) / 2).max().orElse(0);
  }

  private void addWithAncestors(StageNode stage, Set<Integer> done) {
    if (done.add(stage.stage())) {
      parents(stage).forEach(parent -> addWithAncestors(stages.get(parent), done));
      add(stage);
    }
  }

  /** Those of its parents that are in the graph. */
  private Set<Integer> parents(StageNode stage) {
    Set<Integer> parents = new TreeSet<>(stage.parents() == null ? List.of() : stage.parents());
    parents.retainAll(stages.keySet());
    parents.remove(stage.stage());
    return parents;
  }

  private void add(StageNode stage) {
    List<Integer> from = parents(stage).stream().map(rails::indexOf).sorted().toList();
    from.forEach(column -> childrenToCome.merge(rails.get(column), -1, Integer::sum));
    List<Integer> ending = from.stream().filter(this::isOver).toList();
    int column = ending.isEmpty() ? free() : ending.get(0);
    if (!from.isEmpty() && !from.equals(List.of(column))) {
      lines.add(joining(from, column));
    }
    ending.forEach(each -> rails.set(each, null));
    if (from.isEmpty() && isBelowAnother(column)) {
      lines.add(new Line(cells(), column, Optional.empty()));
    }
    put(column, stage.stage());
    lines.add(new Line(cells(), column, Optional.of(stage)));
    if (!childrenToCome.containsKey(stage.stage())) {
      rails.set(column, null);
    }
    while (!rails.isEmpty() && rails.get(rails.size() - 1) == null) {
      rails.remove(rails.size() - 1);
    }
  }

  /** What stands right below a stage is its child. */
  private boolean isBelowAnother(int column) {
    Line last = lines.isEmpty() ? null : lines.get(lines.size() - 1);
    return last != null && last.stage().isPresent() && last.column() == column;
  }

  private boolean isOver(int column) {
    return childrenToCome.get(rails.get(column)) == 0;
  }

  private int free() {
    int first = rails.indexOf(null);
    return first < 0 ? rails.size() : first;
  }

  private void put(int column, int stage) {
    while (rails.size() <= column) {
      rails.add(null);
    }
    rails.set(column, stage);
  }

  /** All rails go straight through. */
  private List<Integer> cells() {
    List<Integer> cells = new ArrayList<>();
    for (int column = 0; column < rails.size(); column++) {
      if (column > 0) {
        cells.add(0);
      }
      cells.add(rails.get(column) == null ? 0 : UP | DOWN);
    }
    return cells;
  }

  private Line joining(List<Integer> from, int to) {
    Set<Integer> involved = new TreeSet<>(from);
    involved.add(to);
    int first = 2 * involved.stream().min(Comparator.naturalOrder()).orElseThrow();
    int last = 2 * involved.stream().max(Comparator.naturalOrder()).orElseThrow();
    List<Integer> cells = new ArrayList<>(cells());
    while (cells.size() <= last) {
      cells.add(0);
    }
    from.stream().filter(this::isOver).forEach(each -> cells.set(2 * each, UP));
    cells.set(2 * to, cells.get(2 * to) | DOWN);
    for (int cell = first; cell <= last; cell++) {
      boolean passes = cell % 2 == 0 && !involved.contains(cell / 2) && cells.get(cell) != 0;
      if (!passes) {
        int sides = (cell > first ? LEFT : 0) | (cell < last ? RIGHT : 0);
        cells.set(cell, cells.get(cell) | sides);
      }
    }
    return new Line(List.copyOf(cells), to, Optional.empty());
  }
}
