package io.sparkapp.operator.metrics;

import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.util.function.Predicate;

/**
 * Names of queues as labels. Users can write any name into a spec; only those of queues that there
 * are become labels, or their number would have no bound.
 */
record QueueLabels(Predicate<String> exists) {

  static final String QUEUE = "queue";

  /** Of applications that are in no queue. No queue can have this name. */
  static final String NO_QUEUE = "-";

  String of(SparkApp app) {
    return of(app, app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus());
  }

  /** The queue that it is charged to, or the one that it asks. */
  String of(SparkApp app, SparkAppStatus status) {
    String name = status.queue() == null ? app.getSpec().queue() : status.queue();
    return exists.test(name) ? name : NO_QUEUE;
  }
}
