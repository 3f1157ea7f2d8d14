package io.sparkapp.local.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KubeBinarySearchTest {
  private static final Path HOME = Path.of("/home/ada");

  @Test
  void prefersTheCommandLineOverTheEnvironment() {
    Map<String, String> env = Map.of("KUBEBUILDER_ASSETS", "/env");

    assertThat(KubeBinarySearch.from(Optional.of(Path.of("/flag")), env, HOME).explicit())
        .contains(Path.of("/flag"));
    assertThat(KubeBinarySearch.from(Optional.empty(), env, HOME).explicit())
        .contains(Path.of("/env"));
    assertThat(
            KubeBinarySearch.from(Optional.empty(), Map.of("KUBEBUILDER_ASSETS", ""), HOME)
                .explicit())
        .isEmpty();
  }

  @Test
  void keepsItsCacheOutsideTheCheckout() {
    assertThat(KubeBinarySearch.from(Optional.empty(), Map.of(), HOME).cache())
        .isEqualTo(Path.of("/home/ada/.cache/sparkapp/kube"));
    assertThat(
            KubeBinarySearch.from(Optional.empty(), Map.of("XDG_CACHE_HOME", "/xdg"), HOME).cache())
        .isEqualTo(Path.of("/xdg/sparkapp/kube"));
    assertThat(
            KubeBinarySearch.from(
                    Optional.empty(),
                    Map.of("SPARKAPP_CACHE_DIR", "/big", "XDG_CACHE_HOME", "/xdg"),
                    HOME)
                .cache())
        .isEqualTo(Path.of("/big/kube"));
  }

  @Test
  void downloadsUnlessToldNotTo() {
    assertThat(KubeBinarySearch.from(Optional.empty(), Map.of(), HOME).downloadAllowed()).isTrue();
    assertThat(
            KubeBinarySearch.from(Optional.empty(), Map.of("SPARKAPP_KUBE_DOWNLOAD", "off"), HOME)
                .downloadAllowed())
        .isFalse();
  }

  @Test
  void doesNotLookElsewhereWhenTheExplicitDirectoryLacksAProgram() {
    KubeBinarySearch search =
        new KubeBinarySearch(Optional.of(Path.of("/nowhere")), Path.of("/cache"), true, List.of());

    assertThatThrownBy(() -> search.find(line -> {}))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("No executable kube-apiserver and etcd in /nowhere")
        .hasMessageContaining("KUBEBUILDER_ASSETS");
  }

  @Test
  void saysWhatWasTriedAndWhatToDoWhenNothingWorks() {
    KubeBinarySearch search =
        new KubeBinarySearch(Optional.empty(), Path.of("/nowhere"), false, List.of());

    assertThatThrownBy(() -> search.find(line -> {}))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("the download is switched off")
        .hasMessageContaining("no go on the PATH")
        .hasMessageContaining("Install Go");
  }
}
