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
 * The driver's pod.
 *
 * @param cores CPU cores that the driver counts on
 * @param cpuRequest CPU that a node must have free for it; when left out as many as cores
 * @param memory the JVM's heap, as {@code 2g} (Spark) or {@code 2Gi} (Kubernetes)
 * @param memoryOverhead what the pod gets beyond the heap; when left out as Spark computes it: a
 *     tenth of the heap, at least 384 MiB
 * @param javaOptions more options for the JVM, split at blanks
 * @param image wins over {@code spec.image}
 * @param serviceAccount wins over the operator's service account for drivers
 * @param template a pod template that is merged over the pod that the operator builds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DriverSpec(
    @Default("1")
        @Min(1)
        @Max(1024)
        @JsonPropertyDescription("CPU cores that the driver counts on.")
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
    @Size(min = 1, max = 253)
        @JsonPropertyDescription("Wins over the operator's service account for drivers.")
        String serviceAccount,
    @PreserveUnknownFields
        @JsonPropertyDescription(
            "A pod template that is merged over the pod that the operator builds.")
        JsonNode template) {

  /** What a SparkApp that says nothing about its driver gets. */
  public static final DriverSpec DEFAULT =
      new DriverSpec(null, null, null, null, null, null, null, null);

  public DriverSpec {
    cores = cores == null ? 1 : cores;
    memory = memory == null ? "1g" : memory;
  }
}
