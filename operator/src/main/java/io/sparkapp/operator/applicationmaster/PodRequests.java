package io.sparkapp.operator.applicationmaster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.SparkAppSpec;
import io.sparkapp.operator.resourcemanager.Resources;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a pod requests of its node, as Kubernetes' scheduler counts it: the sum of its containers,
 * or an init container if that wants more; a sidecar, which is an init container that goes on, is
 * counted with the containers. No pod is built for it: demands are computed at every decision.
 *
 * <p>A runtime class' overhead is not counted, for only the API server knows it.
 */
final class PodRequests {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PodRequests() {}

  /**
   * What a driver's pod will request.
   *
   * @throws UnusableSpecException when that is no amount, or more than can be counted
   */
  static Resources ofDriver(SparkAppSpec spec) {
    return counted(
        "the driver",
        "what spec.driver and sparkConf ask for",
        () -> of(Names.DRIVER, DriverPod.resources(spec), spec.driver().template()));
  }

  /**
   * What the pod of an executor of this kind will request.
   *
   * @throws UnusableSpecException when that is no amount, or more than can be counted
   */
  static Resources ofExecutor(SparkAppSpec spec, Ask ask) {
    return counted(
        "an executor of profile " + ask.profile(),
        "memory %s, memory overhead %s, other resources %s"
            .formatted(ask.memory(), ask.memoryOverhead(), ask.resources()),
        () ->
            of(
                Names.EXECUTOR,
                ExecutorPod.resources(ask, spec.executor().cpuRequest()),
                ExecutorTemplate.of(spec, ask.profile())));
  }

  /** Such a pod can not be, and nothing can be reckoned with it. */
  private static Resources counted(String whose, String asked, Supplier<Resources> amount) {
    try {
      Resources counted = amount.get();
      if (counted.isBeyondCounting()) {
        throw new ArithmeticException("too much: " + counted);
      }
      return counted;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UnusableSpecException(
          "The pod of %s would request more than can be counted, or what is no amount (%s): ask for less."
              .formatted(whose, asked),
          e);
    }
  }

  /** What a pod that is there requests. */
  static Resources of(Pod pod) {
    return counted(
        "this application called " + pod.getMetadata().getName(),
        "what its containers request",
        () -> of("", Map.of(), JSON.valueToTree(pod)));
  }

  private static Resources of(String role, Map<String, Quantity> ours, JsonNode template) {
    Resources main = Resources.of(ours);
    if (template == null || template.isNull()) {
      return main;
    }
    Resources containers = Resources.NONE;
    boolean oursNamed = false;
    for (JsonNode container : template.at("/spec/containers")) {
      boolean isOurs = role.equals(container.path("name").asText());
      oursNamed |= isOurs;
      containers = containers.plus(requested(container, isOurs ? ours : Map.of()));
    }
    containers = oursNamed ? containers : containers.plus(main);
    Resources sidecars = Resources.NONE;
    Resources most = Resources.NONE;
    for (JsonNode init : template.at("/spec/initContainers")) {
      Resources wanted = requested(init, Map.of());
      if ("Always".equals(init.path("restartPolicy").asText())) {
        sidecars = sidecars.plus(wanted);
        most = larger(most, sidecars);
      } else {
        most = larger(most, sidecars.plus(wanted));
      }
    }
    return larger(containers.plus(sidecars), most);
  }

  /** A limit without a request is the request too. */
  private static Resources requested(JsonNode container, Map<String, Quantity> ours) {
    Map<String, Quantity> requests = new HashMap<>();
    add(requests, container.at("/resources/limits"));
    add(requests, container.at("/resources/requests"));
    requests.putAll(ours);
    return Resources.of(requests);
  }

  private static void add(Map<String, Quantity> requests, JsonNode amounts) {
    amounts
        .properties()
        .forEach(
            each ->
                readable(each.getValue().asText())
                    .ifPresent(quantity -> requests.put(each.getKey(), quantity)));
  }

  /** What can not be read is for the API server to refuse, in its own words. */
  private static Optional<Quantity> readable(String text) {
    try {
      Quantity quantity = Quantity.parse(text);
      // Only now is the number read; one without an end would be too large to count.
      long amount =
          quantity.getNumericalAmount().setScale(0, RoundingMode.CEILING).longValueExact();
      return Optional.of(quantity).filter(each -> amount >= 0);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Resources larger(Resources one, Resources other) {
    return one.plus(other.minus(one.atMost(other)));
  }
}
