package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * How long things may take, and how much may go wrong. What is left out has no limit.
 *
 * @param driverStart from an attempt's start until its driver runs
 * @param firstExecutor from then until an executor has registered with the driver
 * @param run the application, from its first attempt's start to its end; the pauses between two
 *     attempts count, being suspended does not. It fails then, and is not tried again
 * @param executorFailures executors of one attempt that may fail, as {@code
 *     spark.executor.maxNumFailures}; when left out as Spark on YARN has it: twice the executors,
 *     and at least three
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LimitsSpec(
    @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @JsonPropertyDescription("How long an attempt's driver may take until it runs, as 5m.")
        String driverStart,
    @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @JsonPropertyDescription(
            "How long a running driver may be without any executor that has registered, as 5m.")
        String firstExecutor,
    @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @JsonPropertyDescription(
            "How long the application may take with all its attempts, as 2h; then it fails.")
        String run,
    @Min(1)
        @Max(1000000)
        @JsonPropertyDescription(
            "Executors of one attempt that may fail. Left out: twice the executors, at least 3.")
        Integer executorFailures) {

  /** What a SparkApp that says nothing about it gets. */
  public static final LimitsSpec DEFAULT = new LimitsSpec(null, null, null, null);
}
