package io.sparkapp.local.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KubeSourceTest {

  @Test
  void takesTheKubernetesVersionFromTheRequirementAndNotFromAReplacement() {
    String goMod =
        """
        require (
        \tk8s.io/kubectl v0.0.0
        \tk8s.io/kubernetes v1.34.4
        )
        replace k8s.io/api => k8s.io/api v0.34.4
        """;

    assertThat(KubeSource.versionIn(goMod)).isEqualTo("v1.34.4");
    assertThatThrownBy(() -> KubeSource.versionIn("module x")).isInstanceOf(RuntimeException.class);
  }

  @Test
  void stampsServerAndClientWithTheVersionOfTheModule() {
    KubeSource source = KubeSource.load();

    assertThat(source.version()).startsWith("v1.34.");
    assertThat(source.linkerFlags())
        .contains("-X k8s.io/component-base/version.gitVersion=" + source.version())
        .contains("-X k8s.io/client-go/pkg/version.gitMinor=34");
  }
}
