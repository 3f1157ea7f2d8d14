package io.sparkapp.driver;

/** Where the API server has our resources, and the few others that a driver outside needs. */
final class ResourcePaths {

  private static final String OURS = "/apis/sparkapp.io/v1alpha1/namespaces/";

  private ResourcePaths() {}

  static String executorRequests(String namespace) {
    return OURS + namespace + "/executorrequests";
  }

  static String sparkApps(String namespace) {
    return OURS + namespace + "/sparkapps";
  }

  static String leases(String namespace) {
    return "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
  }

  static String secrets(String namespace) {
    return "/api/v1/namespaces/" + namespace + "/secrets";
  }
}
