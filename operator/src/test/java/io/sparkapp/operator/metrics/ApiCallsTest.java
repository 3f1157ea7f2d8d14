package io.sparkapp.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiCallsTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/pods?labelSelector=a, list, pods",
    "GET, /api/v1/pods?resourceVersion=1&watch=true, watch, pods",
    "GET, /api/v1/namespaces/jobs/pods/pi-1-driver, get, pods",
    "POST, /api/v1/namespaces/jobs/pods, create, pods",
    "DELETE, /api/v1/namespaces/jobs/pods, deletecollection, pods",
    "DELETE, /api/v1/namespaces/jobs/pods/pi-1-exec-1, delete, pods",
    "PATCH, /apis/sparkapp.io/v1alpha1/namespaces/jobs/sparkapps/pi/status, patch, sparkapps/status",
    "PATCH, /apis/sparkapp.io/v1alpha1/sparkqueues/etl/status, patch, sparkqueues/status",
    "GET, /api/v1/namespaces, list, namespaces",
    "GET, /api/v1/namespaces/jobs, get, namespaces",
    "PUT, /apis/coordination.k8s.io/v1/namespaces/a/leases/b, update, leases",
    "GET, /k8s/clusters/c-1/api/v1/namespaces/jobs/pods/pi, get, pods",
    "GET, /version, get, -",
    "GET, /apis/sparkapp.io/v1alpha1, get, -"
  })
  void aCallIsNamedAsInRbacAndNeverByTheNameOfAnObject(
      String method, String path, String verb, String resource) {
    assertThat(ApiCalls.Call.of(method, URI.create("https://10.0.0.1:443" + path)))
        .isEqualTo(new ApiCalls.Call(verb, resource));
  }
}
