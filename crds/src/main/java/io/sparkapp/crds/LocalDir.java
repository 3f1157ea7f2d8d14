package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Where executors keep shuffle files and spilled data.
 *
 * @param medium the node's disk, the pod's memory or a volume of its own
 * @param size the most that it holds; a pod that writes more is evicted
 * @param storageClass of the volume; when left out the cluster's default
 * @param reuse whether a replacement gets the volume of an executor that ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.medium) || self.medium == 'Disk' || has(self.size)",
    message = "spec.executor.localDir of medium Memory or Volume needs a size, as 10g")
@ValidationRule(
    value =
        "has(self.medium) && self.medium == 'Volume' || !has(self.storageClass) && !has(self.reuse)",
    message = "spec.executor.localDir takes storageClass and reuse only with medium: Volume")
public record LocalDir(
    @Default("Disk")
        @JsonPropertyDescription(
            "Disk, the node's; Memory, which is part of the pod's; or Volume, one of its own for each executor.")
        LocalMedium medium,
    @Size(min = 1, max = 32)
        @ValidationRule(value = Memory.RULE, message = Memory.MESSAGE)
        @JsonPropertyDescription("The most that it holds, as 10g.")
        String size,
    @Size(min = 1, max = 253)
        @JsonPropertyDescription("Of the volume. Left out: the cluster's default.")
        String storageClass,
    @JsonPropertyDescription(
            "Whether a replacement gets the volume of an executor that ended. The volumes go with the attempt.")
        Boolean reuse) {

  public LocalDir {
    medium = medium == null ? LocalMedium.Disk : medium;
  }

  /** Whether volumes outlive their executors. */
  public boolean reused() {
    return medium == LocalMedium.Volume && Boolean.TRUE.equals(reuse);
  }
}
