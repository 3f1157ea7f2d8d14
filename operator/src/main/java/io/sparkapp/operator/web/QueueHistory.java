package io.sparkapp.operator.web;

import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How full each queue was lately, as far as this operator saw it, and for as long before as the API
 * server says that a queue's status had not changed. It is told of changes only, so that a cluster
 * where nothing goes on costs nothing; it keeps one point in half a minute, the last {@value #MOST}
 * of a queue.
 */
public final class QueueHistory {

  static final int MOST = 240;
  private static final Duration APART = Duration.ofSeconds(30);
  private static final Pattern PERCENT = Pattern.compile("[0-9]{1,6}%");

  private final Clock clock;
  private final Instant since;
  private final Map<String, Line> lines = new HashMap<>();

  public QueueHistory(Clock clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  /**
   * From this moment on, until the next.
   *
   * @param percent what it held of the cluster
   */
  record Point(Instant at, int percent, int running, int waiting) {

    boolean sameAs(Point other) {
      return percent == other.percent && running == other.running && waiting == other.waiting;
    }
  }

  /** What is kept of one queue, and the version of it that was looked at last. */
  private static final class Line {
    private final Deque<Point> points = new ArrayDeque<>();
    private String version;

    /** Every change of one queue tells of all; most of them are as they were. */
    boolean isNews(SparkQueue queue) {
      String now = queue.getMetadata().getResourceVersion();
      boolean news = now == null || !now.equals(version);
      version = now;
      return news;
    }

    void add(Point point) {
      Point last = points.peekLast();
      if (last != null && last.sameAs(point)) {
        return;
      }
      if (last != null && point.at().isBefore(last.at().plus(APART))) {
        // Within half a minute the last word counts.
        points.removeLast();
        points.addLast(new Point(last.at(), point.percent(), point.running(), point.waiting()));
        return;
      }
      points.addLast(point);
      if (points.size() > MOST) {
        points.removeFirst();
      }
    }
  }

  /** These are all queues. */
  public synchronized void are(Collection<SparkQueue> all) {
    Instant now = clock.instant();
    for (SparkQueue queue : all) {
      Line line = lines.computeIfAbsent(queue.getMetadata().getName(), name -> new Line());
      if (line.isNews(queue) && queue.getStatus() != null && queue.getStatus().running() != null) {
        line.add(point(line.points.isEmpty() ? begun(queue, now) : now, queue.getStatus()));
      }
    }
    if (lines.size() > all.size()) {
      lines
          .keySet()
          .retainAll(
              all.stream().map(queue -> queue.getMetadata().getName()).collect(Collectors.toSet()));
    }
  }

  /** Since when a queue has been as it was first seen: its status was written then. */
  private static Instant begun(SparkQueue queue, Instant now) {
    Instant earliest = now.minus(APART.multipliedBy(MOST));
    return Optional.ofNullable(queue.getMetadata().getManagedFields()).stream()
        .flatMap(List::stream)
        .filter(entry -> "status".equals(entry.getSubresource()) && entry.getTime() != null)
        .map(entry -> Instant.parse(entry.getTime()))
        .max(Instant::compareTo)
        .filter(written -> written.isBefore(now))
        .map(written -> written.isBefore(earliest) ? earliest : written)
        .orElse(now);
  }

  private static Point point(Instant now, SparkQueueStatus status) {
    return new Point(
        now,
        percent(status.share()),
        status.running(),
        status.waiting() == null ? 0 : status.waiting());
  }

  static int percent(String share) {
    return share == null || !PERCENT.matcher(share).matches()
        ? 0
        : Integer.parseInt(share, 0, share.length() - 1, 10);
  }

  /** Since when this operator has looked. */
  Instant since() {
    return since;
  }

  /** The oldest first. */
  synchronized List<Point> of(String queue) {
    return Optional.ofNullable(lines.get(queue))
        .map(line -> List.copyOf(line.points))
        .orElse(List.of());
  }
}
