package io.sparkapp.cli.submit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.stream.Stream;

/** How big driver and executors are, and the options of their JVMs. */
final class SizeProperties {

  private final PropertyTranslation properties;
  private final AppDraft draft;
  private final Remarks remarks;

  SizeProperties(PropertyTranslation properties) {
    this.properties = properties;
    this.draft = properties.draft();
    this.remarks = properties.remarks();
  }

  void translate() {
    for (PodDraft pod : draft.pods()) {
      String spark = "spark." + pod.role() + ".";
      cores(spark + "cores", pod.role());
      memory(spark + "memory", pod.role() + ".memory");
      memory(spark + "memoryOverhead", pod.role() + ".memoryOverhead");
      javaOptions(spark, pod.role());
      cpu(pod);
    }
    memory("spark.yarn.driver.memoryOverhead", "driver.memoryOverhead");
    memory("spark.yarn.executor.memoryOverhead", "executor.memoryOverhead");
    properties
        .take("spark.kubernetes.memoryOverheadFactor")
        .ifPresent(
            factor -> {
              draft.conf("spark.driver.memoryOverheadFactor", factor);
              draft.conf("spark.executor.memoryOverheadFactor", factor);
            });
  }

  private void cores(String key, String role) {
    Optional<String> cores = properties.take(key);
    if (cores.isEmpty()) {
      return;
    }
    if (cores.get().matches("0*[1-9][0-9]{0,3}") && Integer.parseInt(cores.get()) <= 1024) {
      draft.set(role + ".cores", Integer.parseInt(cores.get()));
    } else if (cores.get().matches("0?[.][0-9]+")) {
      // As old operators had it: a share of a core, which to Spark is one.
      draft.setIfAbsent(role + ".cpuRequest", "0" + cores.get().replaceFirst("^0", ""));
    } else {
      remarks.refused(key, "\"" + cores.get() + "\" is no number of cores between 1 and 1024.");
    }
  }

  private void memory(String key, String path) {
    Optional<String> written = properties.take(key);
    written
        .flatMap(Amounts::memory)
        .ifPresentOrElse(
            amount -> draft.set(path, amount),
            () ->
                written.ifPresent(
                    text ->
                        remarks.refused(
                            key,
                            "\""
                                + text
                                + "\" is no amount of memory more than nothing, such as 512m"
                                + " or 2g.")));
  }

  /** Spark puts the default options before the others. */
  private void javaOptions(String spark, String role) {
    String options =
        String.join(
            " ",
            Stream.of("defaultJavaOptions", "extraJavaOptions")
                .flatMap(key -> properties.take(spark + key).stream())
                .filter(text -> !text.isEmpty())
                .toList());
    if (!options.isEmpty()) {
      draft.set(role + ".javaOptions", options);
    }
  }

  private void cpu(PodDraft pod) {
    String kubernetes = "spark.kubernetes." + pod.role() + ".";
    properties
        .take(kubernetes + "request.cores")
        .ifPresent(
            cpu -> {
              if (cpu.matches("[0-9]+m?|[0-9]*[.][0-9]+")) {
                draft.set(pod.role() + ".cpuRequest", cpu);
              } else {
                remarks.refused(
                    kubernetes + "request.cores",
                    "\"" + cpu + "\" is no amount of CPU, such as 500m or 2.");
              }
            });
    properties
        .take(kubernetes + "limit.cores")
        .ifPresent(cpu -> pod.limit("cpu", JsonNodeFactory.instance.textNode(cpu)));
  }
}
