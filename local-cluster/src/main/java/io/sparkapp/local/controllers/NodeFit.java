package io.sparkapp.local.controllers;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides whether a pod fits on the node; pure. The words are kube-scheduler's. */
final class NodeFit {
  private static final Set<String> KEEPS_PODS_OUT = Set.of("NoSchedule", "NoExecute");

  private NodeFit() {}

  /**
   * Why the pod can't be bound to the node; empty if it can.
   *
   * @param used the requests of the live pods that are bound to it
   */
  static Optional<String> obstacle(Pod pod, Optional<Node> node, Map<String, BigDecimal> used) {
    if (node.isEmpty()) {
      return Optional.of("no nodes available to schedule pods");
    }
    List<String> reasons = new ArrayList<>();
    if (Boolean.TRUE.equals(node.get().getSpec().getUnschedulable())) {
      reasons.add("1 node(s) were unschedulable");
    } else {
      untolerated(pod, node.get())
          .ifPresent(
              taint ->
                  reasons.add(
                      "1 node(s) had untolerated taint {%s: %s}"
                          .formatted(
                              taint.getKey(), taint.getValue() == null ? "" : taint.getValue())));
    }
    if (!selected(pod, node.get())) {
      reasons.add("1 node(s) didn't match Pod's node affinity/selector");
    }
    if (reasons.isEmpty()) {
      reasons.addAll(insufficient(PodRequests.of(pod), node.get(), used));
    }
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of("0/1 nodes are available: " + String.join(", ", reasons) + ".");
  }

  private static List<String> insufficient(
      Map<String, BigDecimal> requests, Node node, Map<String, BigDecimal> used) {
    Map<String, Quantity> allocatable = node.getStatus().getAllocatable();
    return requests.entrySet().stream()
        .filter(request -> request.getValue().signum() > 0)
        .filter(
            request -> {
              BigDecimal all =
                  Optional.ofNullable(allocatable.get(request.getKey()))
                      .map(PodRequests::amount)
                      .orElse(BigDecimal.ZERO);
              BigDecimal taken = used.getOrDefault(request.getKey(), BigDecimal.ZERO);
              return taken.add(request.getValue()).compareTo(all) > 0;
            })
        .map(
            request ->
                request.getKey().equals("pods")
                    ? "1 Too many pods"
                    : "1 Insufficient " + request.getKey())
        .toList();
  }

  private static Optional<Taint> untolerated(Pod pod, Node node) {
    return node.getSpec().getTaints().stream()
        .filter(taint -> KEEPS_PODS_OUT.contains(taint.getEffect()))
        .filter(
            taint ->
                pod.getSpec().getTolerations().stream()
                    .noneMatch(toleration -> tolerates(toleration, taint)))
        .findFirst();
  }

  private static boolean tolerates(Toleration toleration, Taint taint) {
    boolean effect =
        toleration.getEffect() == null
            || toleration.getEffect().isEmpty()
            || toleration.getEffect().equals(taint.getEffect());
    boolean anyKey = toleration.getKey() == null || toleration.getKey().isEmpty();
    if ("Exists".equals(toleration.getOperator())) {
      return effect && (anyKey || toleration.getKey().equals(taint.getKey()));
    }
    return effect
        && !anyKey
        && toleration.getKey().equals(taint.getKey())
        && orEmpty(toleration.getValue()).equals(orEmpty(taint.getValue()));
  }

  private static boolean selected(Pod pod, Node node) {
    Map<String, String> labels =
        node.getMetadata().getLabels() == null ? Map.of() : node.getMetadata().getLabels();
    Map<String, String> selector = pod.getSpec().getNodeSelector();
    if (selector != null
        && !selector.entrySet().stream()
            .allMatch(entry -> entry.getValue().equals(labels.get(entry.getKey())))) {
      return false;
    }
    return Optional.ofNullable(pod.getSpec().getAffinity())
        .map(affinity -> affinity.getNodeAffinity())
        .map(affinity -> affinity.getRequiredDuringSchedulingIgnoredDuringExecution())
        .map(
            required ->
                required.getNodeSelectorTerms().stream()
                    .anyMatch(term -> matches(term, node, labels)))
        .orElse(true);
  }

  private static boolean matches(NodeSelectorTerm term, Node node, Map<String, String> labels) {
    Map<String, String> fields = Map.of("metadata.name", node.getMetadata().getName());
    boolean empty = term.getMatchExpressions().isEmpty() && term.getMatchFields().isEmpty();
    return !empty
        && term.getMatchExpressions().stream().allMatch(one -> matches(one, labels))
        && term.getMatchFields().stream().allMatch(one -> matches(one, fields));
  }

  private static boolean matches(NodeSelectorRequirement requirement, Map<String, String> labels) {
    String value = labels.get(requirement.getKey());
    List<String> values = requirement.getValues();
    return switch (requirement.getOperator()) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "Gt" -> value != null && Long.parseLong(value) > Long.parseLong(values.get(0));
      case "Lt" -> value != null && Long.parseLong(value) < Long.parseLong(values.get(0));
      default -> false;
    };
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
