package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The downward API: what a pod may learn about itself, as text.
 *
 * @param podIp the pod's address; empty before it has one
 */
record PodFields(Pod pod, String podIp, String hostIp, Map<String, Quantity> allocatable) {
  private static final Pattern ENTRY =
      Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)'\\]");

  /**
   * The value of a field; a missing label or annotation is an empty text.
   *
   * @throws ContainerConfigException for a field that the downward API doesn't have
   */
  String field(ObjectFieldSelector selector) {
    String path = selector.getFieldPath();
    Matcher entry = ENTRY.matcher(path);
    if (entry.matches()) {
      return entries(entry.group(1)).getOrDefault(entry.group(2), "");
    }
    return switch (path) {
      case "metadata.name" -> pod.getMetadata().getName();
      case "metadata.namespace" -> pod.getMetadata().getNamespace();
      case "metadata.uid" -> pod.getMetadata().getUid();
      case "metadata.labels" -> asLines(entries("labels"));
      case "metadata.annotations" -> asLines(entries("annotations"));
      case "spec.nodeName" -> orEmpty(pod.getSpec().getNodeName());
      case "spec.serviceAccountName" -> orEmpty(pod.getSpec().getServiceAccountName());
      case "status.podIP", "status.podIPs" -> podIp;
      case "status.hostIP", "status.hostIPs" -> hostIp;
      default -> throw new ContainerConfigException("unsupported fieldPath: " + path);
    };
  }

  /**
   * A container's request or limit in units of the divisor, rounded up. As with a kubelet, a limit
   * that isn't set is what the node has, and a request that isn't set is the limit if that is set,
   * or else 0.
   */
  String resource(ResourceFieldSelector selector, Container container) {
    String[] parts = selector.getResource().split("\\.", 2);
    if (parts.length != 2) {
      throw new ContainerConfigException("unsupported resource: " + selector.getResource());
    }
    Optional<Quantity> limit = quantity(container, "limits", parts[1]);
    Quantity value =
        switch (parts[0]) {
          case "limits" -> limit.orElse(allocatable.getOrDefault(parts[1], new Quantity("0")));
          case "requests" ->
              quantity(container, "requests", parts[1]).or(() -> limit).orElse(new Quantity("0"));
          default ->
              throw new ContainerConfigException("unsupported resource: " + selector.getResource());
        };
    return value
        .getNumericalAmount()
        .divide(divisor(selector), 0, RoundingMode.CEILING)
        .toPlainString();
  }

  private static BigDecimal divisor(ResourceFieldSelector selector) {
    Quantity divisor = selector.getDivisor();
    BigDecimal amount = divisor == null ? BigDecimal.ZERO : divisor.getNumericalAmount();
    return amount.signum() == 0 ? BigDecimal.ONE : amount;
  }

  private static Optional<Quantity> quantity(Container container, String kind, String resource) {
    return Optional.ofNullable(container.getResources())
        .map(all -> kind.equals("limits") ? all.getLimits() : all.getRequests())
        .map(all -> all.get(resource));
  }

  private Map<String, String> entries(String kind) {
    Map<String, String> entries =
        kind.equals("labels") ? pod.getMetadata().getLabels() : pod.getMetadata().getAnnotations();
    return entries == null ? Map.of() : entries;
  }

  private static String asLines(Map<String, String> entries) {
    return new TreeMap<>(entries)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + quoted(entry.getValue()))
            .collect(Collectors.joining("\n"));
  }

  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")
        + '"';
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
