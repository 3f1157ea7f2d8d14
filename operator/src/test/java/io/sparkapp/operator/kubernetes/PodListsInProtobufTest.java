package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodListsInProtobufTest {

  private static boolean asked(String method, String path) {
    return PodListsInProtobuf.isListOfPods(method, URI.create("https://10.0.0.1:6443" + path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/pods",
        "/api/v1/pods?labelSelector=a%3Db&limit=500",
        "/api/v1/namespaces/jobs/pods?continue=abc",
        "/k8s/clusters/c-1/api/v1/pods"
      })
  void listsOfPodsAreAskedForInProtobuf(String path) {
    assertThat(asked("GET", path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/pods?limit=1&watch=true",
        "/api/v1/namespaces/jobs/pods/flights-1-driver",
        "/api/v1/namespaces/jobs/pods/pods",
        "/api/v1/namespaces/pods",
        "/api/v1/namespaces",
        "/apis/metrics.k8s.io/v1beta1/pods",
        "/apis/sparkapp.io/v1alpha1/sparkapps"
      })
  void nothingElseIs(String path) {
    assertThat(asked("GET", path)).isFalse();
  }

  @Test
  void neitherIsWhatIsWritten() {
    assertThat(asked("POST", "/api/v1/namespaces/jobs/pods")).isFalse();
    assertThat(asked("DELETE", "/api/v1/namespaces/jobs/pods")).isFalse();
  }
}
