package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * What an application asked for, what it used at most and what would have done. Of a driver or
 * executor of which too little is known nothing is said.
 *
 * @param driver the driver
 * @param executor one executor of the default ResourceProfile
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Usage(
    @JsonPropertyDescription("The driver.") OfRole driver,
    @JsonPropertyDescription("One executor of the default ResourceProfile.") OfRole executor) {

  /**
   * @param asked what its pod was made with
   * @param peak the most that it used
   * @param wouldDo what the spec could say; the same as asked where nothing better is known
   * @param sentence all this in words, with what it would save or why there is to be more
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OfRole(
      @JsonPropertyDescription("What its pod was made with.") Size asked,
      @JsonPropertyDescription("The most that it used.") Peak peak,
      @JsonPropertyDescription(
              "What the spec could say; the same as asked where nothing better is known.")
          Size wouldDo,
      @JsonPropertyDescription("All this in words, with what it would save.") String sentence) {}

  /**
   * Fields of {@code spec.driver} or {@code spec.executor}.
   *
   * @param memory the JVM's heap, as {@code 2048Mi}
   * @param memoryOverhead memory of the pod beyond that
   * @param cpuRequest CPU that a node must have free, as {@code 500m} or {@code 2}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Size(
      @JsonPropertyDescription("The JVM's heap.") String memory,
      @JsonPropertyDescription("Memory of the pod beyond the heap.") String memoryOverhead,
      @JsonPropertyDescription("CPU that a node must have free.") String cpuRequest) {}

  /**
   * The most that was seen, as Kubernetes quantities.
   *
   * @param heap of the JVM's heap, garbage included
   * @param offHeap of the JVM's memory beyond its heap, as far as the JVM counts that
   * @param python of Python and other processes beside the JVM, where it was measured
   * @param cpu CPU while tasks ran, as {@code 1500m}: on the average, of all cores of one executor
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Peak(
      @JsonPropertyDescription("Of the JVM's heap, garbage included.") String heap,
      @JsonPropertyDescription("Of the JVM's memory beyond its heap, as far as it counts that.")
          String offHeap,
      @JsonPropertyDescription("Of Python and other processes beside the JVM.") String python,
      @JsonPropertyDescription("CPU of an executor while tasks ran, on the average.") String cpu) {}
}
