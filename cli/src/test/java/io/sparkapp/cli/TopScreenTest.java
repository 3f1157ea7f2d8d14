package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopScreenTest {

  @Test
  void thePodsOfOneAreToldTheDriverFirstThenByMemory() {
    assertThat(TopScreen.pods(uses(), Style.PLAIN))
        .containsExactly(
            "POD      CPU    OF REQUEST   MEMORY   OF LIMIT",
            "driver   0.25   25%          512Mi    50%",
            "exec-2   1.50   150%         768Mi    75%",
            "exec-1   0.50   50%          256Mi    25%",
            "exec-3   -      -            -        -",
            "all      2.25   56%          1536Mi   38%");
  }

  @Test
  void eachApplicationIsOneLine() {
    assertThat(TopScreen.applications(uses(), Style.PLAIN))
        .containsExactly(
            "NAME      PODS   CPU    OF REQUEST   MEMORY   OF LIMIT",
            "flights   4      2.25   56%          1536Mi   38%");
  }

  private static List<PodUse> uses() {
    return List.of(
        use("executor", "1", "500m", "256Mi"),
        use("executor", "2", "1500m", "768Mi"),
        use("driver", "", "250m", "512Mi"),
        PodUse.of(pod("executor", "3"), null));
  }

  private static PodUse use(String role, String id, String cpu, String memory) {
    PodMetrics metrics =
        Serialization.unmarshal(
            "---\n{kind: PodMetrics, apiVersion: metrics.k8s.io/v1beta1, containers: [{name: a, usage: {cpu: %s, memory: %s}}]}"
                .formatted(cpu, memory),
            PodMetrics.class);
    return PodUse.of(pod(role, id), metrics);
  }

  private static Pod pod(String role, String id) {
    return Serialization.unmarshal(
        """
        ---
        {kind: Pod, apiVersion: v1, metadata: {name: p, labels: {sparkapp.io/app: flights,
           sparkapp.io/role: %s, sparkapp.io/executor-id: "%s"}},
         spec: {containers: [{name: a, resources: {requests: {cpu: "1"}, limits: {memory: 1Gi}}}]}}
        """
            .formatted(role, id),
        Pod.class);
  }
}
