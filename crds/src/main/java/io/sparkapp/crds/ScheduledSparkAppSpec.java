package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * When a SparkApp is run, and which. Fields that a CronJob has too mean the same; all of them may
 * be changed at any time, and count for the runs that come.
 *
 * @param schedule the times, as UNIX cron's five fields or a macro such as {@code @daily}. With
 *     days of the month and of the week both given, either is enough
 * @param timeZone whose clocks {@code schedule} speaks of, by its IANA name
 * @param suspend starts no run while it is true; what runs goes on
 * @param concurrencyPolicy what is done when the time has come and an earlier run has not ended
 * @param startingDeadline how late a run may start, as {@code 10m}; one that is later is missed.
 *     When left out, the latest run that was missed is made up for however late it is
 * @param successfulHistoryLimit how many runs that succeeded are kept
 * @param failedHistoryLimit how many runs that failed are kept
 * @param template the spec of the SparkApps
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("When to run, and what.")
public record ScheduledSparkAppSpec(
    @Required
        @Size(min = 1, max = 200)
        @ValidationRule(value = CronSyntax.FIELDS, message = CronSyntax.FIELDS_MESSAGE)
        @ValidationRule(value = CronSyntax.MINUTE, message = CronSyntax.MINUTE_MESSAGE)
        @ValidationRule(value = CronSyntax.HOUR, message = CronSyntax.HOUR_MESSAGE)
        @ValidationRule(value = CronSyntax.DAY_OF_MONTH, message = CronSyntax.DAY_OF_MONTH_MESSAGE)
        @ValidationRule(value = CronSyntax.MONTH, message = CronSyntax.MONTH_MESSAGE)
        @ValidationRule(value = CronSyntax.DAY_OF_WEEK, message = CronSyntax.DAY_OF_WEEK_MESSAGE)
        @ValidationRule(value = CronSyntax.RANGES, message = CronSyntax.RANGES_MESSAGE)
        @ValidationRule(value = CronSyntax.FIRES, message = CronSyntax.FIRES_MESSAGE)
        @JsonPropertyDescription(
            "When: minute, hour, day of month, month and day of week as UNIX cron has them, such as 30 2 * * 1-5; or @hourly, @daily, @weekly, @monthly, @yearly.")
        String schedule,
    @Default("Etc/UTC")
        @Size(min = 1, max = 64)
        @ValidationRule(value = CronSyntax.ZONE, message = CronSyntax.ZONE_MESSAGE)
        @ValidationRule(value = CronSyntax.KNOWN_ZONE, message = CronSyntax.ZONE_MESSAGE)
        @JsonPropertyDescription(
            "Whose clocks the schedule speaks of, such as Europe/Berlin. A time that is skipped there when clocks go forward has no run, one that comes twice has two.")
        String timeZone,
    @Default("false") @JsonPropertyDescription("Starts no run while it is true; what runs goes on.")
        Boolean suspend,
    @Default("Allow")
        @JsonPropertyDescription(
            "When the time has come and an earlier run has not ended: Allow runs both, Forbid starts none until it has, Replace deletes it first.")
        ConcurrencyPolicy concurrencyPolicy,
    @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @ValidationRule(
            value = "self.matches('[1-9]')",
            message = "spec.startingDeadline is longer than nothing, or left out")
        @JsonPropertyDescription(
            "How late a run may start, as 10m; one that is later is missed. Left out: the latest that was missed is made up for, however late it is.")
        String startingDeadline,
    @Default("3")
        @Min(0)
        @Max(MOST_KEPT)
        @JsonPropertyDescription("How many runs that succeeded are kept.")
        Integer successfulHistoryLimit,
    @Default("1")
        @Min(0)
        @Max(MOST_KEPT)
        @JsonPropertyDescription("How many runs that failed are kept.")
        Integer failedHistoryLimit,
    @Required
        @ValidationRule(
            value = "!has(self.kill)",
            message = "spec.template.kill would end each run before it starts: leave it out")
        @ValidationRule(
            value = "self.placement == 'Cluster'",
            message =
                "spec.template.placement can only be Cluster: a driver that runs where its user is"
                    + " is started there")
        @JsonPropertyDescription(
            "The spec of the SparkApps. When it is changed, runs that come have the new one.")
        SparkAppSpec template) {

  /** More would only be clutter; each keeps its driver's pod. */
  static final int MOST_KEPT = 1000;

  public ScheduledSparkAppSpec {
    timeZone = timeZone == null ? "Etc/UTC" : timeZone;
    suspend = suspend != null && suspend;
    concurrencyPolicy = concurrencyPolicy == null ? ConcurrencyPolicy.Allow : concurrencyPolicy;
    successfulHistoryLimit = successfulHistoryLimit == null ? 3 : successfulHistoryLimit;
    failedHistoryLimit = failedHistoryLimit == null ? 1 : failedHistoryLimit;
  }
}
