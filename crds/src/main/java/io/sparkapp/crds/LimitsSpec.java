package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
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
 * @param executorFailuresValidity failures of executors that are older do not count, as {@code
 *     spark.yarn.executor.failuresValidityInterval}; when left out all do
 * @param executorFailuresPerNode failures of executors within {@code
 *     spark.excludeOnFailure.timeout}, an hour, after which a node gets no more, as {@code
 *     spark.yarn.executor.launch.excludeOnFailure}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LimitsSpec(
    @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @JsonPropertyDescription(
            "How long an attempt's driver may take until it runs, as 5m. Left out: as long as it likes.")
        String driverStart,
    @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @JsonPropertyDescription(
            "How long a running driver may be without any executor that has registered, as 5m. Left out: as long as it likes.")
        String firstExecutor,
    @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @JsonPropertyDescription(
            "How long the application may take with all its attempts, as 2h; then it fails. Left out: as long as it likes.")
        String run,
    @Min(1)
        @Max(1000000)
        @JsonPropertyDescription(
            "Executors of one attempt that may fail. Left out: twice the executors, at least 3.")
        Integer executorFailures,
    @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @JsonPropertyDescription(
            "Failures of executors that are older than this, as 1h, do not count. Left out: all count.")
        String executorFailuresValidity,
    @Default("2")
        @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
            "Executors that may fail on one node within an hour; if more do, other nodes get the next.")
        Integer executorFailuresPerNode) {

  private static final int YARNS_DEFAULT = 2;

  /** What a SparkApp that says nothing about it gets. */
  public static final LimitsSpec DEFAULT = new LimitsSpec(null, null, null, null, null, null);

  public LimitsSpec {
    executorFailuresPerNode =
        executorFailuresPerNode == null ? YARNS_DEFAULT : executorFailuresPerNode;
  }
}
