package io.sparkapp.driver;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What driver and executors have used so far, in the shape that the ExecutorRequest has: memory in
 * MiB, times in seconds, summed up over all processes of a kind.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Used(OfRole driver, OfRole executor) {

  /**
   * The fields of the custom resource; what was not measured is null.
   *
   * @param beside memory of Python and other processes beside the JVM
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OfRole(
      Integer count,
      Long seconds,
      Long heap,
      Long offHeap,
      Long beside,
      Long slotSeconds,
      Long taskSeconds,
      Long cpuSeconds,
      Long gcSeconds,
      Integer heapFull,
      Integer oomKilled) {

    static OfRole ofDriver(long seconds, MemoryPeak peak) {
      return new OfRole(
          1,
          seconds,
          peak.heapMebibytes(),
          peak.offHeapMebibytes(),
          peak.besideMebibytes(),
          null,
          null,
          null,
          null,
          null,
          null);
    }
  }
}
