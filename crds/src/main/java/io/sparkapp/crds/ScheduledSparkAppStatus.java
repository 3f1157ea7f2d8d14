package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
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
@JsonClassDescription("How the schedule goes, as far as it was observed; the operator writes it.")
public record ScheduledSparkAppStatus(
    @JsonPropertyDescription("What is going on, and when the next run is.") String message,
    @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,
    @JsonPropertyDescription("How many runs have not ended.") Integer active,
    @JsonPropertyDescription("The SparkApps of the last twenty of them, the oldest first.")
        List<String> activeApps,
    @JsonPropertyDescription("The SparkApp of the last run that was started.") String lastApp,
    @JsonPropertyDescription("The time that run was scheduled for. RFC 3339, as all times here.")
        String lastScheduleTime,
    @JsonPropertyDescription("When a run last succeeded.") String lastSuccessfulTime,
    @JsonPropertyDescription("When the next run is.") String nextScheduleTime,
    @JsonPropertyDescription("The last run that was not started at its time.") SkippedRun skipped,
    @JsonPropertyDescription("The schedule and time zone that are followed.") String schedule,
    @JsonPropertyDescription(
            "Since when these are: times before that are no runs that were missed.")
        String scheduleSince,
    @JsonPropertyDescription(
            "Ready, Stalled and Suspended, by the conventions of Kubernetes; Stalled is true when nothing can come of the schedule until its spec is changed.")
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
  public record SkippedRun(
      @JsonPropertyDescription("The time it was scheduled for.") String time,
      @JsonPropertyDescription(
              "StillRunning (an earlier one had not ended), TooLate (after startingDeadline) or Refused (by the API server).")
          Reason reason,
      @JsonPropertyDescription("The same as a sentence.") String message) {

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
