package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * How a schedule goes, as far as it was observed. Times are RFC 3339 in UTC.
 *
 * @param message one sentence or two: what is going on, and when the next run is
 * @param observedGeneration the generation of the spec that this status speaks of
 * @param active how many runs have not ended
 * @param activeApps the SparkApps of the last {@value #MOST_ACTIVE} of them, the oldest first
 * @param lastApp the SparkApp of the last run that was started
 * @param lastScheduleTime the time that run was scheduled for
 * @param lastSuccessfulTime when a run last succeeded
 * @param nextScheduleTime when the next run is
 * @param skipped the last run that was not started at its time
 * @param schedule schedule and time zone that are followed
 * @param scheduleSince since when these are: runs of an earlier time are none that were missed
 * @param conditions Ready, Stalled and Suspended, by the Kubernetes API conventions; Stalled is
 *     true when nothing can come of the schedule until its spec is changed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduledSparkAppStatus(
    String message,
    Long observedGeneration,
    Integer active,
    List<String> activeApps,
    String lastApp,
    String lastScheduleTime,
    String lastSuccessfulTime,
    String nextScheduleTime,
    SkippedRun skipped,
    String schedule,
    String scheduleSince,
    List<Condition> conditions) {

  /** So that the status stays small when nothing ends. */
  public static final int MOST_ACTIVE = 20;

  /** The status of a schedule that nobody has looked at yet. */
  public static final ScheduledSparkAppStatus NONE =
      new ScheduledSparkAppStatus(
          null, null, null, null, null, null, null, null, null, null, null, null);

  /**
   * A run that was not started when its time had come.
   *
   * @param time the time it was scheduled for
   * @param reason why
   * @param message the same as a sentence
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SkippedRun(String time, Reason reason, String message) {

    /** Why a run was not started. */
    public enum Reason {
      /** An earlier one has not ended; it is made up for then, unless that is too late. */
      StillRunning,
      /** It was too late for it. */
      TooLate,
      /** The API server does not take its SparkApp. */
      Refused
    }
  }
}
