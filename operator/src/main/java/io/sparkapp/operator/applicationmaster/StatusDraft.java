package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Condition;
import io.sparkapp.crds.AttemptTimes;
import io.sparkapp.crds.PastAttempt;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkAppStatus.DriverStatus;
import io.sparkapp.crds.SparkAppStatus.ExecutorCounts;
import io.sparkapp.crds.Usage;
import java.util.ArrayList;
import java.util.List;

/** A status that begins as the last one and is changed field by field. */
final class StatusDraft {

  private final SparkAppStatus before;
  Phase phase;
  String message;
  Long observedGeneration;
  Integer attempt;
  String applicationId;
  DriverStatus driver;
  ExecutorCounts executors;
  Progress progress;
  String started;
  String attemptStarted;
  String nextAttempt;
  List<PastAttempt> history;
  String ended;
  String queue;
  Integer place;
  Usage usage;
  AttemptTimes times;

  StatusDraft(SparkAppStatus before) {
    this.before = before;
    phase = before.phase();
    message = before.message();
    observedGeneration = before.observedGeneration();
    attempt = before.attempt();
    applicationId = before.applicationId();
    driver = before.driver();
    executors = before.executors();
    progress = before.progress();
    started = before.started();
    attemptStarted = before.attemptStarted();
    nextAttempt = before.nextAttempt();
    history = before.history();
    ended = before.ended();
    queue = before.queue();
    place = before.place();
    usage = before.usage();
    times = before.times();
  }

  /** Adds an attempt to the history, which remembers the last {@code most}. */
  void remember(PastAttempt past, int most) {
    List<PastAttempt> longer = new ArrayList<>(history == null ? List.of() : history);
    longer.add(past);
    history = List.copyOf(longer.subList(Math.max(0, longer.size() - most), longer.size()));
  }

  SparkAppStatus with(Conditions conditions) {
    return status(conditions.list());
  }

  SparkAppStatus withSameConditions() {
    return status(before.conditions());
  }

  SparkAppStatus withConditions(List<Condition> conditions) {
    return status(conditions);
  }

  private SparkAppStatus status(List<Condition> conditions) {
    return new SparkAppStatus(
        phase,
        message,
        observedGeneration,
        attempt,
        applicationId,
        driver,
        executors,
        progress,
        conditions,
        started,
        attemptStarted,
        nextAttempt,
        history,
        ended,
        queue,
        place,
        usage,
        times);
  }
}
