package io.sparkapp.local.controllers;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pod asks of its node, as kube-scheduler counts it: the sum over the containers or what the
 * largest init container asks, whichever is more, and the overhead. A pod counts as one of {@code
 * pods}.
 */
final class PodRequests {
  private PodRequests() {}

  static Map<String, BigDecimal> of(Pod pod) {
    Map<String, BigDecimal> requests = new TreeMap<>();
    for (Container container : pod.getSpec().getContainers()) {
      requestsOf(container)
          .forEach((name, quantity) -> requests.merge(name, amount(quantity), BigDecimal::add));
    }
    for (Container container : orEmpty(pod.getSpec().getInitContainers())) {
      requestsOf(container)
          .forEach((name, quantity) -> requests.merge(name, amount(quantity), BigDecimal::max));
    }
    if (pod.getSpec().getOverhead() != null) {
      pod.getSpec()
          .getOverhead()
          .forEach((name, quantity) -> requests.merge(name, amount(quantity), BigDecimal::add));
    }
    requests.put("pods", BigDecimal.ONE);
    return requests;
  }

  /** The sum of what several pods ask. */
  static Map<String, BigDecimal> sum(List<Pod> pods) {
    Map<String, BigDecimal> sum = new TreeMap<>();
    pods.forEach(
        pod -> of(pod).forEach((name, amount) -> sum.merge(name, amount, BigDecimal::add)));
    return sum;
  }

  static BigDecimal amount(Quantity quantity) {
    return quantity.getNumericalAmount();
  }

  private static Map<String, Quantity> requestsOf(Container container) {
    return container.getResources() == null || container.getResources().getRequests() == null
        ? Map.of()
        : container.getResources().getRequests();
  }

  private static List<Container> orEmpty(List<Container> containers) {
    return containers == null ? List.of() : containers;
  }
}
