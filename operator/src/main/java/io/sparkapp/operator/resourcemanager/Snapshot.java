package io.sparkapp.operator.resourcemanager;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a pass decides from, at one moment: queues, capacity, applications, and since when
 * somebody has been waiting for others. Immutable; a changed copy shares what did not change.
 */
public final class Snapshot {

  /** No applications, the bare tree, no limits. */
  public static final Snapshot EMPTY =
      new Snapshot(
          QueueTree.BARE,
          Ceiling.NONE,
          Map.of(),
          Directory.EMPTY,
          lines(QueueTree.BARE, List.of()),
          Patience.NONE);

  private final QueueTree tree;
  private final Ceiling nodes;
  private final Map<String, Map<String, String>> namespaces;
  private final Directory directory;
  private final Line[] lines;
  private final Patience patience;

  private Snapshot(
      QueueTree tree,
      Ceiling nodes,
      Map<String, Map<String, String>> namespaces,
      Directory directory,
      Line[] lines,
      Patience patience) {
    this.tree = tree;
    this.nodes = nodes;
    this.namespaces = namespaces;
    this.directory = directory;
    this.lines = lines;
    this.patience = patience;
  }

  /** With what an application wants now; what was decided about it before stays. */
  public Snapshot with(ApplicationDemand demand) {
    return with(
        List.of(
            directory
                .find(demand.id())
                .map(known -> known.with(demand))
                .orElseGet(() -> Application.of(demand))));
  }

  /** Without an application: it holds nothing any more. */
  public Snapshot without(ApplicationId id) {
    return directory
        .find(id)
        .map(
            gone -> {
              Line[] changed = lines.clone();
              int at = line(gone.queue());
              changed[at] = changed[at].without(gone);
              return new Snapshot(
                  tree, nodes, namespaces, directory.without(id), changed, patience);
            })
        .orElse(this);
  }

  /** With other queues in force. */
  public Snapshot withTree(QueueTree other) {
    return new Snapshot(
        other, nodes, namespaces, directory, lines(other, directory.all().toList()), patience);
  }

  /** With nodes that have so much together; {@link Ceiling#NONE} when that is not known. */
  public Snapshot withNodes(Ceiling capacity) {
    return new Snapshot(tree, capacity, namespaces, directory, lines, patience);
  }

  /** With the labels of all namespaces. */
  public Snapshot withNamespaces(Map<String, Map<String, String>> labels) {
    return new Snapshot(tree, nodes, Map.copyOf(labels), directory, lines, patience);
  }

  Snapshot withPatience(Patience other) {
    return other.equals(patience)
        ? this
        : new Snapshot(tree, nodes, namespaces, directory, lines, other);
  }

  /** With these as they are now. */
  Snapshot with(Collection<Application> changed) {
    Line[] after = lines.clone();
    Map<Integer, List<Application>> toLine = new HashMap<>();
    for (Application each : changed) {
      int to = line(each.queue());
      directory
          .find(each.id())
          .filter(before -> line(before.queue()) != to || !before.standsAs(each))
          .ifPresent(
              before -> {
                int from = line(before.queue());
                after[from] = after[from].without(before);
              });
      toLine.computeIfAbsent(to, line -> new ArrayList<>()).add(each);
    }
    toLine.forEach((to, here) -> after[to] = after[to].with(here));
    return new Snapshot(tree, nodes, namespaces, directory.with(changed), after, patience);
  }

  private static Line[] lines(QueueTree tree, List<Application> applications) {
    Map<Integer, List<Application>> byLine = new HashMap<>();
    applications.forEach(
        each ->
            byLine.computeIfAbsent(line(tree, each.queue()), at -> new ArrayList<>()).add(each));
    Line[] lines = new Line[tree.queues().size() + 1];
    for (int at = 0; at < lines.length; at++) {
      lines[at] = byLine.containsKey(at) ? Line.of(byLine.get(at)) : Line.EMPTY;
    }
    return lines;
  }

  private int line(String queue) {
    return line(tree, queue);
  }

  /** Those whose queue does not exist stand together behind all queues. */
  private static int line(QueueTree tree, String queue) {
    return tree.queue(queue).map(Queue::index).orElse(tree.queues().size());
  }

  QueueTree tree() {
    return tree;
  }

  /** What all together may hold: what root's spec declares, else what the nodes have. */
  Ceiling capacity() {
    Ceiling declared = tree.root().limit();
    return declared.isNone() ? nodes : declared;
  }

  /**
   * Whether so much is more than all nodes have together, and nobody has declared what there can
   * be: it waits until nodes come, and nothing that ends here makes room for it.
   */
  boolean isBeyondNodes(Resources needs) {
    return tree.root().limit().isNone() && !nodes.admits(needs);
  }

  Line line(Queue queue) {
    return lines[queue.index()];
  }

  /** Applications whose queue does not exist. */
  Line stray() {
    return lines[lines.length - 1];
  }

  Optional<Application> find(ApplicationId id) {
    return directory.find(id);
  }

  /** Of all applications. */
  public List<ApplicationId> ids() {
    return directory.all().map(Application::id).sorted().toList();
  }

  Map<String, String> labelsOf(String namespace) {
    return namespaces.getOrDefault(namespace, Map.of());
  }

  Patience patience() {
    return patience;
  }

  /** Since when {@code application} has been the first that does not fit in its queue. */
  record Blocked(ApplicationId application, Instant since) {}

  /**
   * How long somebody has been waiting for others; begins anew with a new operator.
   *
   * @param blocked by queue, the first in line that does not fit
   * @param claims by queue, since when it misses what it is guaranteed
   * @param lastRound when executors were last taken back
   */
  record Patience(
      Map<String, Blocked> blocked, Map<String, Instant> claims, Optional<Instant> lastRound) {

    static final Patience NONE = new Patience(Map.of(), Map.of(), Optional.empty());

    Patience {
      blocked = Map.copyOf(blocked);
      claims = Map.copyOf(claims);
    }
  }
}
