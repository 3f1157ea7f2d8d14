package io.sparkapp.operator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sparkapp.crds.AttemptOutcome;
import io.sparkapp.crds.AttemptTimes;
import io.sparkapp.crds.EndCause;
import io.sparkapp.crds.ExecutorRequestStatus;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Counts what happens to applications, and how long it took, when it is written down: a status is
 * compared with the one before it. So an operator that comes after this one counts nothing again;
 * what an operator wrote just before it was killed may be missing.
 */
public final class ApplicationMeters {

  private static final Duration[] BUCKETS =
      List.of(1, 2, 3, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 4 * 3600).stream()
          .map(Duration::ofSeconds)
          .toArray(Duration[]::new);

  private static final List<Phase> ENDS = List.of(Phase.Succeeded, Phase.Failed);

  private final MeterRegistry registry;
  private final QueueLabels labels;
  private final AtomicReference<Instant> watching = new AtomicReference<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Timer driverStart;
  private final Timer driverRunning;
  private final Timer firstExecutor;
  private final Timer firstTask;

  /**
   * @param queueExists whether there is a queue of this name
   */
  ApplicationMeters(MeterRegistry registry, Predicate<String> queueExists) {
    this.registry = registry;
    this.labels = new QueueLabels(queueExists);
    this.driverStart =
        timer("sparkapp.driver.start", "From an attempt's admission to its running driver");
    this.driverRunning =
        timer("sparkapp.time.to.driver.running", "From apply to the running driver");
    this.firstExecutor =
        timer("sparkapp.time.to.first.executor", "From apply to the driver's first executor");
    this.firstTask = timer("sparkapp.time.to.first.task", "From apply to the first task");
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  /** Has all of a queue's counters begin at zero, for a rate needs a point before the first. */
  void know(Collection<String> queues) {
    for (String queue : queues) {
      if (known.add(queue)) {
        submitted(queue);
        queueWait(queue);
        ENDS.forEach(phase -> ended(queue, phase));
        List.of(AttemptOutcome.values()).forEach(outcome -> restarts(queue, outcome));
        List.of(EndCause.values()).forEach(cause -> executors(queue, cause));
      }
    }
  }

  /** Decisions are taken from now on: what had happened before was seen by nobody in time. */
  public void watching(Instant now) {
    watching.compareAndSet(null, now);
  }

  /** A status was written. */
  public void written(SparkApp app, SparkAppStatus before, SparkAppStatus after) {
    String queue = labels.of(app, after);
    if (before.phase() == null && after.phase() != null) {
      submitted(queue).increment();
    }
    if (ENDS.contains(after.phase()) && before.phase() != after.phase()) {
      ended(queue, after.phase()).increment();
    }
    if (after.history() != null) {
      after.history().stream()
          .filter(past -> before.history() == null || !before.history().contains(past))
          .forEach(past -> restarts(queue, past.outcome()).increment());
    }
    if (after.times() != null) {
      reached(queue, before.times(), after.times());
    }
  }

  private void reached(String queue, AttemptTimes before, AttemptTimes after) {
    boolean sameAttempt = before != null && after.asked().equals(before.asked());
    AttemptTimes then = sameAttempt ? before : AttemptTimes.since(after.asked());
    if (news(then, after, AttemptTimes::admitted)) {
      queueWait(queue).record(between(after.asked(), after.admitted()));
    }
    if (news(then, after, AttemptTimes::driverRunning)) {
      driverStart.record(between(after.admitted(), after.driverRunning()));
      driverRunning.record(between(after.asked(), after.driverRunning()));
    }
    // When these were seen says how long it took only if somebody has looked all the time.
    Instant since = watching.get();
    if (since == null
        || after.admitted() == null
        || Instant.parse(after.admitted()).isBefore(since)) {
      return;
    }
    if (news(then, after, AttemptTimes::firstExecutor)) {
      firstExecutor.record(between(after.asked(), after.firstExecutor()));
    }
    if (news(then, after, AttemptTimes::firstTask)) {
      firstTask.record(between(after.asked(), after.firstTask()));
    }
  }

  private static boolean news(
      AttemptTimes before, AttemptTimes after, Function<AttemptTimes, String> milestone) {
    return milestone.apply(before) == null && milestone.apply(after) != null;
  }

  /** Not less than nothing, whatever the clocks of API server, nodes and operator say. */
  private static Duration between(String from, String to) {
    Duration duration = Duration.between(Instant.parse(from), Instant.parse(to));
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  /** A driver was answered. */
  public void answered(SparkApp app, ExecutorRequestStatus before, ExecutorRequestStatus after) {
    after.ended().stream()
        .filter(end -> end.sequence() > before.lastSequence())
        .forEach(end -> executors(labels.of(app), end.cause()).increment());
  }

  private Counter submitted(String queue) {
    return Counter.builder("sparkapp.applications.submitted")
        .description("Applications that were seen for the first time")
        .tag(QueueLabels.QUEUE, queue)
        .register(registry);
  }

  private Counter ended(String queue, Phase phase) {
    return Counter.builder("sparkapp.applications.ended")
        .description("Applications that have ended")
        .tag(QueueLabels.QUEUE, queue)
        .tag("phase", phase.name())
        .register(registry);
  }

  private Counter restarts(String queue, AttemptOutcome outcome) {
    return Counter.builder("sparkapp.restarts")
        .description("Attempts that another one follows, by how they ended")
        .tag(QueueLabels.QUEUE, queue)
        .tag("outcome", outcome.name())
        .register(registry);
  }

  private Counter executors(String queue, EndCause cause) {
    return Counter.builder("sparkapp.executors.ended")
        .description("Executors that ended while their driver ran, by cause")
        .tag(QueueLabels.QUEUE, queue)
        .tag("cause", cause.name())
        .register(registry);
  }

  private Timer queueWait(String queue) {
    return Timer.builder("sparkapp.queue.wait")
        .description("From asking the queue to admission")
        .tag(QueueLabels.QUEUE, queue)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
