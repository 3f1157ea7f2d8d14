package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * The operator's side.
 *
 * @param granted executors granted per ResourceProfile
 * @param lastExecutorId the highest executor id given out so far; written before any pod with such
 *     an id is created, so that no id is ever used twice
 * @param ended executors that ended and that the driver has not yet acknowledged
 * @param reclaim of which ResourceProfiles the queue takes executors back
 * @param message one sentence: why not more is granted
 * @param failures the executors that failed lately
 * @param bounds between which numbers of executors the driver is to stay
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
// One that an earlier version has written may say what is not said any more.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonClassDescription(
    "What was granted, and which executors ended and why; the operator writes it.")
public record ExecutorRequestStatus(
    @JsonPropertyDescription("Executors granted per ResourceProfile.") List<Grant> granted,
    @JsonPropertyDescription("The highest executor id given out so far; no id is ever used twice.")
        Integer lastExecutorId,
    @JsonPropertyDescription("The sequence number of the executor that ended last.")
        Long lastSequence,
    @JsonPropertyDescription("How many executors failed so far.") Integer failed,
    @JsonPropertyDescription("Executors that ended and that the driver has not acknowledged yet.")
        List<Ended> ended,
    @JsonPropertyDescription("Of which ResourceProfiles the queue takes executors back.")
        List<Reclaim> reclaim,
    @JsonPropertyDescription("One sentence: why not more is granted.") String message,
    @JsonPropertyDescription("Executors that failed lately.") List<Failure> failures,
    @JsonPropertyDescription("Between which numbers of executors the driver is to stay.")
        Bounds bounds) {

  /** The status of a request that nobody has answered yet. */
  public static final ExecutorRequestStatus NONE =
      new ExecutorRequestStatus(null, null, null, null, null, null, null, null, null);

  public ExecutorRequestStatus {
    granted = granted == null ? List.of() : List.copyOf(granted);
    lastExecutorId = lastExecutorId == null ? 0 : lastExecutorId;
    lastSequence = lastSequence == null ? 0L : lastSequence;
    failed = failed == null ? 0 : failed;
    ended = ended == null ? List.of() : List.copyOf(ended);
    reclaim = reclaim == null ? List.of() : List.copyOf(reclaim);
    failures = failures == null ? List.of() : List.copyOf(failures);
  }

  /** {@code total} executors of ResourceProfile {@code profile}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Grant(
      @JsonPropertyDescription("Spark's ResourceProfile id.") Integer profile,
      @JsonPropertyDescription("How many it may have of it.") Integer total) {}

  /**
   * An executor that ended.
   *
   * @param sequence counts the ended executors of this request, from 1
   * @param id the executor
   * @param exitCode its process's exit code, when there was one
   * @param cause what ended it
   * @param applicationAtFault whether tasks that ran on it count as failed by the application
   *     (Spark's {@code exitCausedByApp})
   * @param message one sentence, with advice where there is any
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Ended(
      @JsonPropertyDescription("Counts the ended executors of this request, from 1.") Long sequence,
      @JsonPropertyDescription("The executor's id.") String id,
      @JsonPropertyDescription("Exit code of its process, when there was one.") Integer exitCode,
      @JsonPropertyDescription("What ended it.") EndCause cause,
      @JsonPropertyDescription("Whether tasks that ran on it count as failed by the application.")
          Boolean applicationAtFault,
      @JsonPropertyDescription("One sentence, with advice where there is any.") String message) {}

  /**
   * The queue takes executors back: the driver is to give up as many as it has beyond {@code
   * total}, those that it misses least (YARN's {@code PreemptionContract} leaves the choice to the
   * application too). It says how many stay, not how many go, so that it may be read twice.
   *
   * @param profile of which ResourceProfile
   * @param total how many may stay
   * @param before when the operator ends those that are still too many, RFC 3339
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Reclaim(
      @JsonPropertyDescription("Spark's ResourceProfile id.") Integer profile,
      @JsonPropertyDescription("How many may stay.") Integer total,
      @JsonPropertyDescription("When the operator ends those that are still too many, RFC 3339.")
          String before) {}

  /**
   * An executor failed.
   *
   * @param at when that was seen, RFC 3339
   * @param node where, if the node may be to blame
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Failure(
      @JsonPropertyDescription("When that was seen, RFC 3339.") String at,
      @JsonPropertyDescription("Where, if the node may be to blame.") String node) {}

  /**
   * How many executors the application's spec allows now, which its user may change while it runs.
   *
   * @param generation the spec's generation; a driver that hears of an earlier one later ignores it
   * @param min the fewest per ResourceProfile; the same as max when Spark does not allocate them
   *     dynamically
   * @param max the most per ResourceProfile
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Bounds(
      @JsonPropertyDescription("The generation of the SparkApp's spec that says so.")
          Long generation,
      @JsonPropertyDescription(
              "The fewest per ResourceProfile; the same as max without dynamic allocation.")
          Integer min,
      @JsonPropertyDescription("The most per ResourceProfile.") Integer max) {}
}
