package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;

/**
 * What a queue and all under it hold. Amounts are written as in the spec.
 *
 * @param observedGeneration the generation of the spec that this status speaks of
 * @param guaranteed what is promised to it
 * @param capacity what it could hold at most at this moment, if there is such a limit
 * @param used what its applications hold
 * @param pending what they ask for beyond that, those in line included
 * @param share what it holds of the cluster, as {@code 43%}: the largest of its shares of a
 *     resource
 * @param running how many applications run
 * @param waiting how many are in line
 * @param summary used and what it may hold, for kubectl's columns
 * @param message one sentence
 * @param conditions Ready: whether the spec is in force
 * @param inForce the spec that is in force, where it is not the one above
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What the queue and all under it hold; the operator writes it.")
public record SparkQueueStatus(
    @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,
    @JsonPropertyDescription("What is promised to it and all under it.")
        Map<String, String> guaranteed,
    @JsonPropertyDescription(
            "What it could hold at most at this moment, with the limits of those above; absent where there is no limit.")
        Map<String, String> capacity,
    @JsonPropertyDescription("What its applications, and those of the queues under it, hold.")
        Map<String, String> used,
    @JsonPropertyDescription("What they want beyond that, those in line included.")
        Map<String, String> pending,
    @JsonPropertyDescription(
            "What it holds of the cluster, as 43%: the largest of its shares of a resource.")
        String share,
    @JsonPropertyDescription("How many of its applications run.") Integer running,
    @JsonPropertyDescription("How many of its applications are in line.") Integer waiting,
    @JsonPropertyDescription("Used and what it may hold, for kubectl's columns.") Summary summary,
    @JsonPropertyDescription("One sentence on how it stands, or why its spec is not in force.")
        String message,
    @JsonPropertyDescription("Ready: whether the spec is in force.") List<Condition> conditions,
    @JsonPropertyDescription(
            "The spec that is in force, where it is not the one above: the last one without a fault.")
        SparkQueueSpec inForce) {

  /** The status of a queue that nobody has looked at yet. */
  public static final SparkQueueStatus NONE =
      new SparkQueueStatus(null, null, null, null, null, null, null, null, null, null, null, null);

  /** Used and what it may hold, as {@code 12/40}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Summary(
      @JsonPropertyDescription("Cores used and what it may hold, as 12/40.") String cpu,
      @JsonPropertyDescription("The same of memory.") String memory) {}
}
