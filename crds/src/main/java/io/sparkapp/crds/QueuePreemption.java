package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * How a queue gets its guarantee back from those that borrow it, and how others get theirs from it.
 *
 * @param claims whether executors of other queues are taken back for this one, up to its guarantee
 * @param delay how long it has to miss its guarantee before that
 * @param pace how much of the shared resources is taken back each second, in percent; at least one
 *     executor
 * @param gives what may be taken back from its own applications, as far as it holds more than its
 *     guarantee
 * @param gracePeriod how long its executors may take to hand over their blocks; then they are ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueuePreemption(
    @Default("true")
        @JsonPropertyDescription(
            "Whether executors of other queues are taken back for this one, up to its guarantee.")
        Boolean claims,
    @Default("5s")
        @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @JsonPropertyDescription("How long it has to miss its guarantee before that, as 5s.")
        String delay,
    @Default("20")
        @Min(1)
        @Max(100)
        @JsonPropertyDescription(
            "How much of the shared resources is taken back each second, in percent; at least one executor.")
        Integer pace,
    @Default("Executors")
        @JsonPropertyDescription(
            "What may be taken back from its own applications where it holds more than its guarantee: Executors (beyond an application's minimum), AllExecutors or Nothing.")
        GivenBack gives,
    @Default("30s")
        @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @JsonPropertyDescription(
            "How long its executors may take to hand over their blocks, as 30s; then they are ended.")
        String gracePeriod) {

  /** What a queue that says nothing about it gets. */
  public static final QueuePreemption DEFAULT = new QueuePreemption(null, null, null, null, null);

  private static final int USUAL_PACE = 20;

  public QueuePreemption {
    claims = claims == null || claims;
    delay = delay == null ? "5s" : delay;
    pace = pace == null ? USUAL_PACE : pace;
    gives = gives == null ? GivenBack.Executors : gives;
    gracePeriod = gracePeriod == null ? "30s" : gracePeriod;
  }
}
