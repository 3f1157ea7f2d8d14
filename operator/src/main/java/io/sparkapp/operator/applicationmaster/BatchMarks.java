package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a pod says to another scheduler of the cluster.
 *
 * @param schedulerName who places it; null for whoever does without being named
 * @param labels labels that it gets
 * @param annotations annotations that it gets
 */
record BatchMarks(
    String schedulerName, Map<String, String> labels, Map<String, String> annotations) {

  static BatchMarks labels(Map<String, String> labels) {
    return new BatchMarks(null, labels, Map.of());
  }

  static BatchMarks annotations(Map<String, String> annotations) {
    return new BatchMarks(null, Map.of(), annotations);
  }

  /** The pod with these marks. What a template says stays: it may know better. */
  Pod on(Pod pod) {
    Map<String, String> allLabels = new TreeMap<>(labels);
    allLabels.putAll(Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of()));
    Map<String, String> allAnnotations = new TreeMap<>(annotations);
    allAnnotations.putAll(Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of()));
    String named = pod.getSpec().getSchedulerName();
    return new PodBuilder(pod)
        .editMetadata()
        .withLabels(allLabels)
        .withAnnotations(allAnnotations)
        .endMetadata()
        .editSpec()
        .withSchedulerName(named == null ? schedulerName : named)
        .endSpec()
        .build();
  }
}
