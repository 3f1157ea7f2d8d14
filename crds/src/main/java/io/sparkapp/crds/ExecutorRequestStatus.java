package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The operator's side.
 *
 * @param granted executors granted per ResourceProfile
 * @param lastExecutorId the highest executor id given out so far; written before any pod with such
 *     an id is created, so that no id is ever used twice
 * @param executors pods by state
 * @param ended executors that ended and that the driver has not yet acknowledged
 * @param reclaim executors that the queue takes back
 * @param message one sentence: why not more is granted
 * @param failures the executors that failed lately
 * @param bounds between which numbers of executors the driver is to stay
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExecutorRequestStatus(
    List<Grant> granted,
    Integer lastExecutorId,
    Long lastSequence,
    Counts executors,
    Integer failed,
    List<Ended> ended,
    List<Reclaim> reclaim,
    String message,
    List<Failure> failures,
    Bounds bounds) {

  /** The status of a request that nobody has answered yet. */
  public static final ExecutorRequestStatus NONE =
      new ExecutorRequestStatus(null, null, null, null, null, null, null, null, null, null);

  public ExecutorRequestStatus {
    granted = granted == null ? List.of() : List.copyOf(granted);
    lastExecutorId = lastExecutorId == null ? 0 : lastExecutorId;
    lastSequence = lastSequence == null ? 0L : lastSequence;
    executors = executors == null ? new Counts(0, 0) : executors;
    failed = failed == null ? 0 : failed;
    ended = ended == null ? List.of() : List.copyOf(ended);
    reclaim = reclaim == null ? List.of() : List.copyOf(reclaim);
    failures = failures == null ? List.of() : List.copyOf(failures);
  }

  /** {@code total} executors of ResourceProfile {@code profile}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Grant(Integer profile, Integer total) {}

  /** Executor pods that wait or start, and those that run. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Counts(Integer pending, Integer running) {}

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
      Long sequence,
      String id,
      Integer exitCode,
      EndCause cause,
      Boolean applicationAtFault,
      String message) {}

  /** Executor {@code id} is to be decommissioned before {@code before} (RFC 3339). */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Reclaim(String id, String before) {}

  /**
   * An executor failed.
   *
   * @param at when that was seen, RFC 3339
   * @param node where, if the node may be to blame
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Failure(String at, String node) {}

  /**
   * How many executors the application's spec allows now, which its user may change while it runs.
   *
   * @param generation the spec's generation; a driver that hears of an earlier one later ignores it
   * @param min the fewest per ResourceProfile; the same as max when Spark does not allocate them
   *     dynamically
   * @param max the most per ResourceProfile
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Bounds(Long generation, Integer min, Integer max) {}
}
