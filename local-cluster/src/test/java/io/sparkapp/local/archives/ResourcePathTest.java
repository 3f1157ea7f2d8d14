package io.sparkapp.local.archives;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResourcePathTest {

  private static final String APPS = "apis/sparkapp.io/v1alpha1/sparkapps";

  @Test
  void theNamespaceAndTheNameAreToldFromTheKind() {
    assertThat(ResourcePath.of("/apis/sparkapp.io/v1alpha1/namespaces/jobs/sparkapps/pi/status"))
        .isEqualTo(new ResourcePath(APPS, "jobs", "pi"));
    assertThat(ResourcePath.of("/api/v1/namespaces/jobs/pods"))
        .isEqualTo(new ResourcePath("api/v1/pods", "jobs", ""));
  }

  @Test
  void namespacesAreObjectsToo() {
    assertThat(ResourcePath.of("/api/v1/namespaces/jobs"))
        .isEqualTo(new ResourcePath("api/v1/namespaces", "", "jobs"));
    assertThat(ResourcePath.of("/api/v1/namespaces"))
        .isEqualTo(new ResourcePath("api/v1/namespaces", "", ""));
  }

  @Test
  void aListWithoutANamespaceHasThoseOfAll() {
    ResourcePath pi = new ResourcePath(APPS, "jobs", "pi");

    assertThat(new ResourcePath(APPS, "", "").lists(pi)).isTrue();
    assertThat(new ResourcePath(APPS, "others", "").lists(pi)).isFalse();
  }
}
