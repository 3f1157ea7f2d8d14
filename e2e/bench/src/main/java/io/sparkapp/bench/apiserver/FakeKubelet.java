package io.sparkapp.bench.apiserver;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Says of pods what their nodes would. */
record FakeKubelet(KubernetesClient admin) {

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  void bind(String namespace, String pod, String node) {
    admin.raw(
        "/api/v1/namespaces/%s/pods/%s/binding".formatted(namespace, pod),
        "POST",
        new BindingBuilder()
            .withNewMetadata()
            .withName(pod)
            .endMetadata()
            .withNewTarget()
            .withApiVersion("v1")
            .withKind("Node")
            .withName(node)
            .endTarget()
            .build());
  }

  void runs(String namespace, String pod, String container, String ip) {
    String now = now();
    patch(
        namespace,
        pod,
        Map.of(
            "phase",
            "Running",
            "podIP",
            ip,
            "hostIP",
            "10.0.0.1",
            "startTime",
            now,
            "podIPs",
            List.of(Map.of("ip", ip)),
            "hostIPs",
            List.of(Map.of("ip", "10.0.0.1")),
            "conditions",
            conditions(now),
            "containerStatuses",
            List.of(container(container, true, Map.of("running", Map.of("startedAt", now))))));
  }

  private static List<Map<String, String>> conditions(String now) {
    return List.of(
            "PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled")
        .stream()
        .map(type -> Map.of("type", type, "status", "True", "lastTransitionTime", now))
        .toList();
  }

  void ends(String namespace, String pod, String container, int exitCode) {
    patch(
        namespace,
        pod,
        Map.of(
            "phase",
            exitCode == 0 ? "Succeeded" : "Failed",
            "containerStatuses",
            List.of(
                container(
                    container,
                    false,
                    Map.of(
                        "terminated",
                        Map.of(
                            "exitCode",
                            exitCode,
                            "reason",
                            exitCode == 0 ? "Completed" : "Error",
                            "finishedAt",
                            now()))))));
  }

  private static Map<String, Object> container(
      String name, boolean ready, Map<String, Object> state) {
    return Map.of(
        "name",
        name,
        "image",
        "sparkapp/" + name + ":0.1.0",
        "imageID",
        "docker.io/sparkapp/" + name + "@sha256:" + "0123456789abcdef".repeat(4),
        "containerID",
        "containerd://" + "fedcba9876543210".repeat(4),
        "ready",
        ready,
        "started",
        ready,
        "restartCount",
        0,
        "state",
        state);
  }

  private void patch(String namespace, String pod, Map<String, Object> status) {
    admin
        .pods()
        .inNamespace(namespace)
        .withName(pod)
        .subresource("status")
        .patch(MERGE, Serialization.asJson(Map.of("status", status)));
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
