package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * What driver and executors have used so far, as the driver measures it: from what Spark's
 * executors tell with their heartbeats ({@code ExecutorMetrics}) and from its stages' task metrics.
 *
 * @param driver the driver itself
 * @param executor the executors of the default ResourceProfile, of all the most that one used
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Used(
    @JsonPropertyDescription("The driver itself.") OfRole driver,
    @JsonPropertyDescription(
            "The executors of the default ResourceProfile: of all of them the most that one used.")
        OfRole executor) {

  /**
   * What processes of one kind used. Amounts of memory are in MiB.
   *
   * @param count how many of them told what they use
   * @param seconds how long these processes were there, all together
   * @param heap the most of the JVM's heap that one used, garbage included
   * @param offHeap the most that the JVM used beyond its heap, as far as it counts that: classes,
   *     code, buffers, Spark's own off-heap memory
   * @param beside the most that Python and other processes beside the JVM had resident; absent
   *     where nobody looked ({@code spark.executor.processTreeMetrics.enabled})
   * @param slotSeconds how long cores were there to run tasks
   * @param taskSeconds how long tasks ran
   * @param cpuSeconds CPU time of the tasks' threads; Python's is not among it
   * @param gcSeconds how long the JVMs collected garbage while tasks ran
   * @param heapFull executors that ended because their heap was full
   * @param oomKilled executors that ended because their pod went over its memory
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OfRole(
      @JsonPropertyDescription("How many of them told what they use.") Integer count,
      @JsonPropertyDescription("How long these processes were there, all together.") Long seconds,
      @JsonPropertyDescription(
              "The most of the JVM's heap that one used, garbage included, in MiB.")
          Long heap,
      @JsonPropertyDescription(
              "The most that the JVM used beyond its heap, as far as it counts that, in MiB.")
          Long offHeap,
      @JsonPropertyDescription(
              "The most that Python and other processes beside the JVM had resident, in MiB; absent where nobody looked.")
          Long beside,
      @JsonPropertyDescription("How long cores were there to run tasks.") Long slotSeconds,
      @JsonPropertyDescription("How long tasks ran.") Long taskSeconds,
      @JsonPropertyDescription("CPU time of the tasks' threads, in seconds; Python's is not in it.")
          Long cpuSeconds,
      @JsonPropertyDescription("How long the JVMs collected garbage while tasks ran.")
          Long gcSeconds,
      @JsonPropertyDescription("Executors that ended because their heap was full.")
          Integer heapFull,
      @JsonPropertyDescription("Executors that ended because their pod went over its memory.")
          Integer oomKilled) {}
}
