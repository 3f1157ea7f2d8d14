package io.sparkapp.operator.web;

/**
 * Something that the API server may allow somebody to do.
 *
 * @param verb as {@code list}
 * @param group the API group; empty for the core
 * @param resource as {@code sparkapps}, or {@code pods/proxy} with a subresource
 * @param namespace empty for all namespaces, or for what belongs to none
 * @param name empty for all objects
 */
public record Right(String verb, String group, String resource, String namespace, String name) {

  private static final String OURS = "sparkapp.io";

  static Right listApplications(String namespace) {
    return new Right("list", OURS, "sparkapps", namespace, "");
  }

  static Right getApplication(ApplicationKey application) {
    return new Right("get", OURS, "sparkapps", application.namespace(), application.name());
  }

  static Right listQueues() {
    return new Right("list", OURS, "sparkqueues", "", "");
  }

  /** What a port-forward or {@code kubectl proxy} to the driver would need as well. */
  static Right reachPod(String namespace, String pod) {
    return new Right("get", "", "pods/proxy", namespace, pod);
  }
}
