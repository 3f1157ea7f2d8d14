package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.operator.applicationmaster.Action.Severity;

/**
 * The reasons of all events, which programs and alerts rely on: a name stays what it is. {@code
 * docs/events.md} tells users when each is written and what to do then.
 */
public enum EventReason {
  /** Its queue admits it after it had to wait. */
  Admitted(SparkApp.class, Severity.Normal),
  /** It is charged to another queue. */
  Moved(SparkApp.class, Severity.Normal),
  /** Its queue takes executors back. */
  ExecutorsReclaimed(SparkApp.class, Severity.Normal),
  /** Its queue will never take it. */
  QueueRefused(SparkApp.class, Severity.Warning),
  /** Something that its pods refer to is not there. */
  ReferenceMissing(SparkApp.class, Severity.Warning),
  /** The pods of an attempt were created. */
  Started(SparkApp.class, Severity.Normal),
  /** An executor failed. */
  ExecutorLost(SparkApp.class, Severity.Warning),
  /** A node gets no more executors for a while. */
  NodeExcluded(SparkApp.class, Severity.Warning),
  /** An attempt ended well, and another one follows. */
  AttemptSucceeded(SparkApp.class, Severity.Normal),
  /** An attempt failed, and another one follows. */
  AttemptFailed(SparkApp.class, Severity.Warning),
  /** An attempt was taken from outside, and another one follows. */
  AttemptLost(SparkApp.class, Severity.Warning),
  /** An attempt gives way to one with another spec. */
  SpecChanged(SparkApp.class, Severity.Normal),
  /** Its user suspended it. */
  Suspended(SparkApp.class, Severity.Normal),
  /** It ended well. */
  Succeeded(SparkApp.class, Severity.Normal),
  /** It ended otherwise. */
  Failed(SparkApp.class, Severity.Warning),

  /** A run was started. */
  RunStarted(ScheduledSparkApp.class, Severity.Normal),
  /** A run succeeded. */
  RunSucceeded(ScheduledSparkApp.class, Severity.Normal),
  /** A run failed. */
  RunFailed(ScheduledSparkApp.class, Severity.Warning),
  /** Runs are deleted for the next one. */
  Replaced(ScheduledSparkApp.class, Severity.Normal),
  /** A run was left out, for another one had not ended. */
  RunHeldUp(ScheduledSparkApp.class, Severity.Warning),
  /** A run was left out, for it could not start in time. */
  RunMissed(ScheduledSparkApp.class, Severity.Warning),
  /** The API server does not take the SparkApp of a run. */
  RunRefused(ScheduledSparkApp.class, Severity.Warning),
  /** The schedule can not be read. */
  InvalidSchedule(ScheduledSparkApp.class, Severity.Warning),
  /** The schedule names no time that ever comes. */
  NeverFires(ScheduledSparkApp.class, Severity.Warning),
  /** The operator does not know the time zone. */
  UnknownTimeZone(ScheduledSparkApp.class, Severity.Warning),

  /** The spec of a queue is not in force. */
  Invalid(SparkQueue.class, Severity.Warning);

  private final Class<? extends HasMetadata> about;
  private final Severity severity;

  EventReason(Class<? extends HasMetadata> about, Severity severity) {
    this.about = about;
    this.severity = severity;
  }

  /** The kind of object that such events are about. */
  public Class<? extends HasMetadata> about() {
    return about;
  }

  /** Their type. */
  public Severity severity() {
    return severity;
  }
}
