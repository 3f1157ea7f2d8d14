package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * The executors' pods.
 *
 * @param instances how many executors the application starts with, and has unless min or max is
 *     given
 * @param min with max or alone: Spark asks for as many as its tasks need, but never for fewer
 * @param max with min or alone: the same, but never for more
 * @param cores tasks that run at once in one executor
 * @param cpuRequest CPU that a node must have free for it; when left out as many as cores
 * @param memory the JVM's heap, as {@code 2g} (Spark) or {@code 2Gi} (Kubernetes)
 * @param memoryOverhead what the pod gets beyond the heap; when left out as Spark computes it: a
 *     tenth of the heap, at least 384 MiB
 * @param javaOptions more options for the JVM, split at blanks
 * @param image wins over {@code spec.image}
 * @param template a pod template that is merged over the pods that the operator builds
 * @param localDir where shuffle files are kept; when left out on the node's disk
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.min) || !has(self.max) || self.min <= self.max",
    message = "spec.executor.min can not be more than spec.executor.max")
@ValidationRule(
    value =
        "!has(self.instances) || (!has(self.min) || self.min <= self.instances) && (!has(self.max)"
            + " || self.instances <= self.max)",
    message = "spec.executor.instances, to start with, has to be between min and max")
public record ExecutorSpec(
    @Min(0)
        @Max(MOST)
        @JsonPropertyDescription(
            "How many executors the application starts with, and has unless min or max is given; without them it can be changed while it runs. Left out: 2, or what min and max allow.")
        Integer instances,
    @Min(0)
        @Max(MOST)
        @JsonPropertyDescription(
            "Spark asks for as many executors as its tasks need, but never for fewer than this. Can be changed while it runs.")
        Integer min,
    @Min(1)
        @Max(MOST)
        @JsonPropertyDescription(
            "Spark asks for as many executors as its tasks need, but never for more than this. Can be changed while it runs.")
        Integer max,
    @Default("1")
        @Min(1)
        @Max(1024)
        @JsonPropertyDescription("Tasks that run at once in one executor.")
        Integer cores,
    @Size(min = 1, max = 32)
        @ValidationRule(value = CpuRequest.RULE, message = CpuRequest.MESSAGE)
        @JsonPropertyDescription(
            "CPU that a node must have free, as 500m or 2. Left out: as many as cores.")
        String cpuRequest,
    @Default("1g")
        @Size(min = 1, max = 32)
        @ValidationRule(value = Memory.RULE, message = Memory.MESSAGE)
        @JsonPropertyDescription("The JVM's heap, as 2g (Spark) or 2Gi (Kubernetes).")
        String memory,
    @Size(min = 1, max = 32)
        @ValidationRule(value = Memory.RULE, message = Memory.MESSAGE)
        @JsonPropertyDescription(
            "Memory of the pod beyond the heap. Left out: a tenth of the heap, at least 384 MiB.")
        String memoryOverhead,
    @Size(min = 1, max = 16384)
        @JsonPropertyDescription("More options for the JVM, split at blanks outside quotes.")
        String javaOptions,
    @Size(min = 1, max = 1024) @JsonPropertyDescription("Wins over spec.image.") String image,
    @PreserveUnknownFields
        @JsonPropertyDescription(
            "A pod template that is merged over the pods that the operator builds.")
        JsonNode template,
    @JsonPropertyDescription(
            "Where executors keep shuffle files and spilled data. Left out: on the node's disk.")
        LocalDir localDir) {

  /** More than one driver can work with. */
  public static final int MOST = 100_000;

  /** What a SparkApp that says nothing about its executors gets. */
  public static final ExecutorSpec DEFAULT =
      new ExecutorSpec(null, null, null, null, null, null, null, null, null, null, null);

  private static final int USUAL = 2;

  public ExecutorSpec {
    if (instances == null) {
      instances = Math.max(min == null ? 0 : min, Math.min(max == null ? MOST : max, USUAL));
    }
    cores = cores == null ? 1 : cores;
    memory = memory == null ? "1g" : memory;
  }

  /** Whether Spark says how many executors there are: its dynamic allocation. */
  public boolean dynamic() {
    return min != null || max != null;
  }

  /** The fewest that it is worth to start with. */
  public int fewest() {
    return dynamic() ? min == null ? 0 : min : instances;
  }

  /** The most that there may be. */
  public int most() {
    return dynamic() ? max == null ? MOST : max : instances;
  }
}
