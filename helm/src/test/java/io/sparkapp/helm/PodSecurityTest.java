package io.sparkapp.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodSpec;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodSecurityTest {

  @TempDir private Path scratch;
  private Chart chart;

  @BeforeEach
  void copy() {
    chart = new Chart(scratch);
  }

  @Test
  void everyPodPassesPodSecurityRestrictedAndWritesToVolumesOnly() {
    Map<String, PodSpec> pods = chart.render(Chart.ALL_VALUES).pods();

    assertThat(pods).containsOnlyKeys("acme-spark", "acme-spark-history", "acme-spark-test");
    assertThat(pods)
        .allSatisfy(
            (name, pod) -> {
              assertThat(PodSecurity.violations(pod)).as(name).isEmpty();
              assertThat(pod.getContainers())
                  .allMatch(each -> each.getSecurityContext().getReadOnlyRootFilesystem())
                  .allMatch(each -> each.getResources().getLimits().containsKey("memory"))
                  .allMatch(each -> each.getResources().getRequests().containsKey("cpu"));
            });
  }

  @Test
  void aPodThatIsNotRestrictedWouldBeNoticed() {
    PodSpec root = chart.render("{}").pods().get("sparkapp-operator");
    root.setHostNetwork(true);
    root.getSecurityContext().setRunAsNonRoot(null);
    root.getSecurityContext().setSeccompProfile(null);
    root.getContainers().get(0).getSecurityContext().setCapabilities(null);
    root.getContainers().get(0).getSecurityContext().setAllowPrivilegeEscalation(null);

    assertThat(PodSecurity.violations(root))
        .containsExactlyInAnyOrder(
            "hostNetwork",
            "operator: allowPrivilegeEscalation",
            "operator: capabilities are not dropped",
            "operator: runAsNonRoot",
            "operator: seccompProfile");
  }
}
