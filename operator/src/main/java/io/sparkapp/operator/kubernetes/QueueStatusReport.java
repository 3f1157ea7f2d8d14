package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Condition;
import io.sparkapp.crds.QueueState;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.crds.SparkQueueStatus;
import io.sparkapp.crds.SparkQueueStatus.Summary;
import io.sparkapp.operator.applicationmaster.Conditions;
import io.sparkapp.operator.applicationmaster.EventReason;
import io.sparkapp.operator.kubernetes.Queues.Verdict;
import io.sparkapp.operator.resourcemanager.QueueReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Composes what a SparkQueue's status says. */
final class QueueStatusReport {

  static final String READY = "Ready";
  static final String IN_FORCE = "InForce";
  static final String INVALID = EventReason.Invalid.name();
  static final String DELETING = "Deleting";

  private final SparkQueue queue;
  private final String name;
  private final boolean parent;
  private final Instant now;

  /**
   * @param parent whether other queues are under it
   */
  QueueStatusReport(SparkQueue queue, boolean parent, Instant now) {
    this.queue = queue;
    this.name = queue.getMetadata().getName();
    this.parent = parent;
    this.now = now;
  }

  SparkQueueStatus status(Verdict verdict, Optional<QueueReport> numbers) {
    boolean deleting = queue.getMetadata().getDeletionTimestamp() != null;
    int running = numbers.map(QueueReport::running).orElse(0);
    int waiting = numbers.map(QueueReport::waiting).orElse(0);
    String word = deleting ? DELETING : verdict.fault().isPresent() ? INVALID : IN_FORCE;
    String sentence =
        deleting
            ? deleting(running)
            : verdict
                .fault()
                .map(fault -> atFault(fault, verdict.inForce()))
                .orElseGet(() -> inForce(running, waiting));
    // What goes on in it is no news of the condition.
    String condition = word.equals(IN_FORCE) ? "The queue is in force as it is written." : sentence;
    return new SparkQueueStatus(
        generation(),
        numbers.map(each -> shown(each.guaranteed().asQuantities())).orElse(null),
        numbers.map(each -> shown(each.reach().asQuantities())).orElse(null),
        numbers.map(each -> shown(each.used().asQuantities())).orElse(null),
        numbers.map(each -> shown(each.pending().asQuantities())).orElse(null),
        numbers.map(each -> each.percent() + "%").orElse(null),
        numbers.map(QueueReport::running).orElse(null),
        numbers.map(QueueReport::waiting).orElse(null),
        numbers.map(QueueStatusReport::summary).orElse(null),
        sentence,
        conditions(word, condition),
        verdict.fault().isPresent() ? verdict.inForce().orElse(null) : null);
  }

  private List<Condition> conditions(String word, String sentence) {
    List<Condition> before = queue.getStatus() == null ? List.of() : queue.getStatus().conditions();
    return new Conditions(before, generation(), now)
        .with(READY, word.equals(IN_FORCE), word, sentence)
        .list();
  }

  private String deleting(int running) {
    if (running > 0) {
      return "Takes nothing in any more, and goes when the %s charged to it %s over."
          .formatted(
              running == 1 ? "application that is" : running + " applications that are",
              running == 1 ? "is" : "are");
    }
    return parent
        ? "Takes nothing in any more, and goes when no queue names " + name + " as its parent."
        : "Goes now.";
  }

  private static String atFault(String fault, Optional<SparkQueueSpec> inForce) {
    return inForce.isPresent()
        ? fault + " What was in force before stays in force."
        : fault + " Until then the queue is not there.";
  }

  private String inForce(int running, int waiting) {
    QueueState state = queue.getSpec() == null ? QueueState.Open : queue.getSpec().state();
    String lead =
        switch (state) {
          case Open -> "";
          case Draining -> "Draining: it takes nothing new in. ";
          case Stopped -> "Stopped: it takes nothing new in and grants nothing. ";
        };
    return "%s%d %s, %d %s."
        .formatted(
            lead,
            running,
            running == 1 ? "application runs" : "applications run",
            waiting,
            waiting == 1 ? "waits" : "wait");
  }

  private long generation() {
    return generation(queue);
  }

  static long generation(SparkQueue queue) {
    Long generation = queue.getMetadata().getGeneration();
    return generation == null ? 1 : generation;
  }

  private static Summary summary(QueueReport report) {
    return new Summary(column(report, "cpu"), column(report, "memory"));
  }

  /** Used and the most, as {@code 12/40}; used alone where there is no limit. */
  private static String column(QueueReport report, String resource) {
    String used = report.used().asQuantities().getOrDefault(resource, "0");
    String most = report.reach().asQuantities().get(resource);
    return most == null ? used : used + "/" + most;
  }

  /** Of nodes other things are known too, which nobody shares out. */
  private static Map<String, String> shown(Map<String, String> quantities) {
    Map<String, String> shown = new TreeMap<>(quantities);
    shown
        .keySet()
        .removeIf(
            resource ->
                !resource.equals("cpu") && !resource.equals("memory") && !resource.contains("/"));
    return shown;
  }
}
