package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.ContainerMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a pod uses, against what it requests and may have.
 *
 * @param app its application
 * @param who driver, or exec-N
 * @param cpu cores used; empty when nothing was measured yet
 * @param cpuRequest cores requested; 0 for none
 * @param memory bytes used
 * @param memoryLimit bytes that it may use; 0 for any number
 */
record PodUse(
    String app,
    String who,
    Optional<BigDecimal> cpu,
    BigDecimal cpuRequest,
    Optional<BigDecimal> memory,
    BigDecimal memoryLimit) {

  static final String CPU = "cpu";
  static final String MEMORY = "memory";

  /**
   * @param metrics null when there are none of it yet
   */
  static PodUse of(Pod pod, PodMetrics metrics) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return new PodUse(
        PodNames.app(labels),
        PodNames.brief(labels),
        used(metrics, CPU),
        wanted(pod, CPU, container -> container.getResources().getRequests()),
        used(metrics, MEMORY),
        wanted(pod, MEMORY, container -> container.getResources().getLimits()));
  }

  private static Optional<BigDecimal> used(PodMetrics metrics, String resource) {
    return Optional.ofNullable(metrics)
        .map(PodMetrics::getContainers)
        .map(
            containers ->
                containers.stream()
                    .map(ContainerMetrics::getUsage)
                    .map(usage -> amount(usage, resource))
                    .reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  private static BigDecimal wanted(
      Pod pod, String resource, Function<Container, Map<String, Quantity>> amounts) {
    List<Container> containers = pod.getSpec().getContainers();
    return containers.stream()
        .filter(container -> container.getResources() != null)
        .map(container -> amount(amounts.apply(container), resource))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal amount(Map<String, Quantity> amounts, String resource) {
    return amounts == null || amounts.get(resource) == null
        ? BigDecimal.ZERO
        : amounts.get(resource).getNumericalAmount();
  }
}
