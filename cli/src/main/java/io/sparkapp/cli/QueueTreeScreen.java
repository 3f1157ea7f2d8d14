package io.sparkapp.cli;

import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.crds.SparkQueueStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tree of queues with a bar for each, and a sentence for each that is not as its spec says. */
final class QueueTreeScreen {

  private static final List<String> HEADER =
      List.of("QUEUE", "", "USED", "GUARANTEED", "SHARE", "RUNNING", "WAITING", "STATE");
  private static final String MARK = " !";

  private final Map<String, Queue> queues = new TreeMap<>();
  private final Map<String, List<String>> rows = new LinkedHashMap<>();

  private QueueTreeScreen(Collection<Queue> all) {
    all.forEach(queue -> queues.put(queue.name(), queue));
    queues.computeIfAbsent(
        SparkQueue.ROOT,
        root -> new Queue(root, SparkQueueSpec.DEFAULT, SparkQueueStatus.NONE, Optional.empty()));
  }

  /**
   * Draws the queue named and all under it.
   *
   * @param all every queue that there is; root may be missing
   * @throws CommandFailure when none of that name is there
   */
  static List<String> lines(Collection<Queue> all, String top) {
    QueueTreeScreen screen = new QueueTreeScreen(all);
    Queue first = screen.queues.get(top);
    if (first == null) {
      throw Queues.missing(top, screen.queues.keySet());
    }
    screen.add(first, "", "");
    if (top.equals(SparkQueue.ROOT)) {
      screen.addDetached();
    }
    List<List<String>> table = new ArrayList<>();
    table.add(HEADER);
    table.addAll(screen.rows.values());
    List<String> lines = new ArrayList<>(Table.lines(table));
    screen.queues.values().stream()
        .filter(queue -> screen.rows.containsKey(queue.name()))
        .forEach(
            queue ->
                queue.fault().ifPresent(fault -> lines.add("! " + queue.name() + ": " + fault)));
    return lines;
  }

  /** Resource by resource, for one queue. */
  static List<String> resources(Queue queue) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("RESOURCE", "USED", "GUARANTEED", "MOST", "PENDING"));
    SparkQueueStatus status = queue.status();
    for (QueueUse use : QueueUse.all(status)) {
      table.add(
          List.of(
              use.resource(),
              use.used(),
              use.guaranteed() == null ? "-" : use.guaranteed(),
              use.most() == null ? "-" : use.most(),
              QueueUse.amount(status.pending(), use.resource()).orElse("0")));
    }
    List<String> lines = new ArrayList<>();
    if (table.size() > 1) {
      lines.addAll(Table.lines(table));
    }
    if (status.message() != null && !status.message().isEmpty()) {
      lines.add(status.message());
    }
    return lines;
  }

  private void add(Queue queue, String connector, String indent) {
    if (rows.containsKey(queue.name())) {
      return;
    }
    rows.put(queue.name(), row(queue, connector));
    List<Queue> children =
        queues.values().stream()
            .filter(each -> !each.name().equals(SparkQueue.ROOT))
            .filter(each -> each.parent().equals(queue.name()))
            .toList();
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      add(children.get(i), indent + (last ? "`- " : "+- "), indent + (last ? "   " : "|  "));
    }
  }

  /** Those whose parent is not there, or that are their own ancestors: they are at fault. */
  private void addDetached() {
    queues.values().stream()
        .filter(queue -> !queues.containsKey(queue.parent()))
        .forEach(queue -> add(queue, "?- ", "   "));
    queues.values().forEach(queue -> add(queue, "?- ", "   "));
  }

  private static List<String> row(Queue queue, String connector) {
    SparkQueueStatus status = queue.status();
    var use = QueueUse.dominant(status);
    return List.of(
        connector + queue.name() + (queue.fault().isPresent() ? MARK : ""),
        use.map(QueueUse::bar).orElse(""),
        use.map(QueueUse::sentence).orElse(""),
        use.map(QueueUse::guaranteed).orElse(""),
        status.share() == null ? "" : status.share(),
        number(status.running()),
        number(status.waiting()),
        queue.spec().state().name());
  }

  private static String number(Integer count) {
    return count == null ? "" : count.toString();
  }
}
