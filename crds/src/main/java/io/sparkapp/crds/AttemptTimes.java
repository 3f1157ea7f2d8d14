package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * When the current attempt came how far, RFC 3339 in UTC; what it has not reached yet is left out.
 *
 * @param asked when it asked its queue: for the first attempt when the application was created, for
 *     others when they were opened, after a pause when the application was resumed
 * @param admitted when its queue admitted it
 * @param driverRunning when its driver's container started
 * @param firstExecutor when its driver was first seen to have an executor
 * @param firstTask when its driver was first seen to have a task that runs or has run
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttemptTimes(
    @JsonPropertyDescription(
            "When it asked its queue: a first attempt when the application was created.")
        String asked,
    @JsonPropertyDescription("When its queue admitted it.") String admitted,
    @JsonPropertyDescription("When its driver's container started.") String driverRunning,
    @JsonPropertyDescription("When its driver was first seen to have an executor.")
        String firstExecutor,
    @JsonPropertyDescription("When its driver was first seen to have a task that runs or has run.")
        String firstTask) {

  /** Of an attempt that has only asked. */
  public static AttemptTimes since(String asked) {
    return new AttemptTimes(asked, null, null, null, null);
  }
}
