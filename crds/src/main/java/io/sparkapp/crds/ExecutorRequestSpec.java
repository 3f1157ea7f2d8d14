package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.sparkapp.crds.ExecutorRequestStatus.Bounds;
import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The driver's side.
 *
 * @param asks executors wanted in total per ResourceProfile; the last one written wins, and none is
 *     a reason to end a running executor ({@code
 *     CoarseGrainedSchedulerBackend.doRequestTotalExecutors})
 * @param release ids of executors that the driver gives back
 * @param leaving ids of executors that are being decommissioned, told while the queue takes
 *     executors back: these are to go first when its time is over, as they are about to go anyway
 * @param disconnected ids of executors that the driver lost the connection to and whose loss reason
 *     it wants to know (YARN's {@code GetExecutorLossReason})
 * @param excludedNodes nodes on which Spark wants no further executor
 * @param preferredNodes tasks that would be local, by node
 * @param seenEnded ended executors up to this sequence number may be forgotten
 * @param progress how far the DAG has come
 * @param driverEnd the last words of a driver that has no pod (placement Client)
 * @param stopping since when the driver stops, RFC 3339: it asks for nothing any more and reads no
 *     answer; null while it goes on
 * @param opening the operator's first answer; null in one that an earlier version has made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
// One that a later version has written may say what is not known here.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonClassDescription(
    "What the driver wants; the driver writes it, but for the answer with which the operator created it.")
public record ExecutorRequestSpec(
    @JsonPropertyDescription(
            "Executors wanted in total per ResourceProfile; the last one written wins, and none is a reason to end a running executor.")
        List<Ask> asks,
    @JsonPropertyDescription("Ids of executors that the driver gives back.") List<String> release,
    @JsonPropertyDescription(
            "Ids of executors that are being decommissioned, told while the queue takes executors back: these go first when its time is over.")
        List<String> leaving,
    @JsonPropertyDescription(
            "Ids of executors that the driver lost the connection to and whose loss reason it wants to know, as YARN's GetExecutorLossReason.")
        List<String> disconnected,
    @JsonPropertyDescription("Nodes on which Spark wants no further executor.")
        List<String> excludedNodes,
    @JsonPropertyDescription("Tasks that would be local, by node.")
        Map<String, Integer> preferredNodes,
    @JsonPropertyDescription("Ended executors up to this sequence number may be forgotten.")
        Long seenEnded,
    @JsonPropertyDescription("How far the DAG has come; copied to the status of the SparkApp.")
        Progress progress,
    @JsonPropertyDescription("The last words of a driver that has no pod (placement Client).")
        DriverEnd driverEnd,
    @JsonPropertyDescription(
            "Since when the driver stops, RFC 3339: it asks for nothing any more and reads no answer.")
        String stopping,
    @JsonPropertyDescription(
            "The operator's first answer, with which it created this; nobody can change it, and a status that is there wins.")
        Opening opening) {

  public ExecutorRequestSpec {
    asks = asks == null ? List.of() : List.copyOf(asks);
    release = release == null ? List.of() : List.copyOf(release);
    leaving = leaving == null ? List.of() : List.copyOf(leaving);
    disconnected = disconnected == null ? List.of() : List.copyOf(disconnected);
    excludedNodes = excludedNodes == null ? List.of() : List.copyOf(excludedNodes);
    preferredNodes = preferredNodes == null ? Map.of() : Map.copyOf(preferredNodes);
    seenEnded = seenEnded == null ? 0L : seenEnded;
  }

  /** A request that asks for {@code asks} and knows of nothing else yet. */
  public static ExecutorRequestSpec asking(List<Ask> asks) {
    return new ExecutorRequestSpec(
        asks, null, null, null, null, null, null, null, null, null, null);
  }

  /** The same, created with the operator's first answer. */
  public ExecutorRequestSpec opened(Opening answer) {
    return new ExecutorRequestSpec(
        asks,
        release,
        leaving,
        disconnected,
        excludedNodes,
        preferredNodes,
        seenEnded,
        progress,
        driverEnd,
        stopping,
        answer);
  }

  /**
   * What the operator can answer before there was any executor. It is part of the request because a
   * status is not taken along when an object is created: a write for each application that can be
   * spared.
   *
   * @param granted executors granted per ResourceProfile
   * @param lastExecutorId the highest executor id given out
   * @param bounds between which numbers of executors the driver is to stay
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Opening(
      @JsonPropertyDescription("Executors granted per ResourceProfile.") @Size(max = 16)
          List<Grant> granted,
      @JsonPropertyDescription("The highest executor id given out.") Integer lastExecutorId,
      @JsonPropertyDescription("Between which numbers of executors the driver is to stay.")
          Bounds bounds) {

    /** All is granted: why not would be told in the status, which kubectl shows. */
    private static final String NO_MESSAGE = "";

    public Opening {
      granted = granted == null ? List.of() : List.copyOf(granted);
    }

    /** Of a whole answer; empty when that says what this can not. */
    public static Optional<Opening> of(ExecutorRequestStatus answer) {
      Opening opening = new Opening(answer.granted(), answer.lastExecutorId(), answer.bounds());
      return Optional.of(opening).filter(each -> each.answer().equals(answer));
    }

    /** As the whole answer that it is. */
    public ExecutorRequestStatus answer() {
      return new ExecutorRequestStatus(
          granted, lastExecutorId, null, null, null, null, NO_MESSAGE, null, bounds);
    }
  }

  /**
   * How a driver that has no pod ended.
   *
   * @param exitCode 0 for success
   * @param message one sentence
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DriverEnd(
      @JsonPropertyDescription("0 for success.") @Required Integer exitCode,
      @JsonPropertyDescription("How it ended, in one sentence.") @Required String message) {}

  /**
   * Executors wanted of one ResourceProfile.
   *
   * @param profile Spark's ResourceProfile id; 0 is the default profile
   * @param total how many in all, running ones included
   * @param cores cores of each
   * @param memory heap of each
   * @param memoryOverhead memory beyond the heap of each, off-heap and Python memory included
   * @param resources further resources of each, such as {@code nvidia.com/gpu: 1}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Ask(
      @JsonPropertyDescription("Spark's ResourceProfile id; 0 is the default profile.")
          @Required
          @Min(0)
          Integer profile,
      @JsonPropertyDescription("How many in all, running ones included.")
          @Required
          @Min(0)
          @Max(100000)
          Integer total,
      @JsonPropertyDescription("Cores of each.") @Required @Min(1) Integer cores,
      @JsonPropertyDescription("Heap of each.") @Required String memory,
      @JsonPropertyDescription(
              "Memory beyond the heap of each, off-heap and Python memory included.")
          String memoryOverhead,
      @JsonPropertyDescription("Further resources of each, such as nvidia.com/gpu: 1.")
          Map<String, String> resources) {

    public Ask {
      resources = resources == null ? Map.of() : Map.copyOf(resources);
    }
  }
}
