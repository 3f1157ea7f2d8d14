package io.sparkapp.cli;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many applications of a queue run and wait, counted from the applications themselves.
 *
 * @param running those that hold something
 * @param waiting those in line
 */
record QueueCounts(int running, int waiting) {

  static final QueueCounts NONE = new QueueCounts(0, 0);

  /** By queue; queues without applications that run or wait are not in it. */
  static Map<String, QueueCounts> of(List<SparkApp> apps) {
    Map<String, QueueCounts> counts = new TreeMap<>();
    for (SparkApp app : apps) {
      QueueCounts one = of(app);
      if (!one.equals(NONE)) {
        counts.merge(queueOf(app), one, QueueCounts::plus);
      }
    }
    return counts;
  }

  /** The queue that an application is charged to; before the operator saw it, the one it names. */
  static String queueOf(SparkApp app) {
    return app.getStatus() == null || app.getStatus().queue() == null
        ? app.getSpec().queue()
        : app.getStatus().queue();
  }

  private static QueueCounts of(SparkApp app) {
    SparkAppStatus status = app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
    Phase phase = status.phase() == null ? Phase.Waiting : status.phase();
    return switch (phase) {
      case Waiting -> new QueueCounts(0, 1);
      case Starting, Running -> new QueueCounts(1, 0);
      case Suspended, Restarting, Succeeded, Failed -> NONE;
    };
  }

  QueueCounts plus(QueueCounts more) {
    return new QueueCounts(running + more.running, waiting + more.waiting);
  }
}
