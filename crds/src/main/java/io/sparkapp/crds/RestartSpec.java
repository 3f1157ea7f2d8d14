package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * What follows when an attempt has ended. What took the driver from outside (a lost node, a drain,
 * preemption, a deleted pod) is tried again without being counted, as YARN does.
 *
 * @param policy after which ends there is another attempt
 * @param maxAttempts attempts that may fail, as YARN's {@code spark.yarn.maxAppAttempts}
 * @param backoff pause before the second attempt; it doubles with each that follows
 * @param maxBackoff the longest pause
 * @param resetAfter failures older than this do not count, as YARN's {@code
 *     spark.yarn.am.attemptFailuresValidityInterval}; when left out all do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestartSpec(
    @Default("Never")
        @JsonPropertyDescription(
            "After which ends there is another attempt: Never, OnFailure, OnInfrastructureFailure (a lost node, a drain, preemption) or Always.")
        RestartPolicy policy,
    @Default("2")
        @Min(1)
        @Max(MOST_ATTEMPTS)
        @JsonPropertyDescription(
            "Attempts that may fail; those that infrastructure ended are not counted.")
        Integer maxAttempts,
    @Default("10s")
        @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @JsonPropertyDescription(
            "Pause before the second attempt, as 10s; it doubles with each that follows.")
        String backoff,
    @Default("5m")
        @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @JsonPropertyDescription("The longest pause.")
        String maxBackoff,
    @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @JsonPropertyDescription(
            "Failures older than this, as 1h, do not count. Left out: all count.")
        String resetAfter) {

  /** As many as the status remembers. */
  public static final int MOST_ATTEMPTS = 20;

  /** What a SparkApp that says nothing about it gets. */
  public static final RestartSpec DEFAULT = new RestartSpec(null, null, null, null, null);

  /** Of an application whose driver nobody but its user can start again. */
  public static final RestartSpec NEVER =
      new RestartSpec(RestartPolicy.Never, null, null, null, null);

  public RestartSpec {
    policy = policy == null ? RestartPolicy.Never : policy;
    maxAttempts = maxAttempts == null ? 2 : maxAttempts;
    backoff = backoff == null ? "10s" : backoff;
    maxBackoff = maxBackoff == null ? "5m" : maxBackoff;
  }
}
