package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/**
 * What the applications of one namespace, or of one user, may have together in a queue and in all
 * queues under it.
 *
 * @param max the most that they may hold; a resource that is not named has no limit
 * @param maxRunningApplications how many of them may run at once; null for any number
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueueLimits(
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = QueueResources.MOST)
        @ValidationRule(value = QueueResources.NAMES, message = QueueResources.NAMES_MESSAGE)
        @ValidationRule(value = QueueResources.AMOUNTS, message = QueueResources.AMOUNTS_MESSAGE)
        @JsonPropertyDescription(
            "The most that they may hold together. What is not named has no limit.")
        Map<String, String> max,
    @Min(0)
        @Max(1000000)
        @JsonPropertyDescription("How many of them may run at once. Left out: any number.")
        Integer maxRunningApplications) {

  /** None. */
  public static final QueueLimits NONE = new QueueLimits(null, null);

  public QueueLimits {
    max = max == null ? Map.of() : Map.copyOf(max);
  }
}
