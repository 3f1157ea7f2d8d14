package io.sparkapp.local.archives;

import java.util.Arrays;
import java.util.List;

/**
 * What a path of Kubernetes' API means.
 *
 * @param kind the group, its version and the plural: {@code api/v1/pods}
 * @param namespace empty for all, or where there is none
 * @param name empty for a list
 */
record ResourcePath(String kind, String namespace, String name) {

  private static final int NAMESPACED = 3;

  static ResourcePath of(String path) {
    List<String> parts = Arrays.asList(path.substring(1).split("/"));
    int group = Math.min(parts.get(0).equals("api") ? 2 : 3, parts.size());
    String version = String.join("/", parts.subList(0, group));
    List<String> rest = parts.subList(group, parts.size());
    boolean namespaced = rest.size() >= NAMESPACED && rest.get(0).equals("namespaces");
    List<String> resource = namespaced ? rest.subList(2, rest.size()) : rest;
    return new ResourcePath(
        resource.isEmpty() ? version : version + "/" + resource.get(0),
        namespaced ? rest.get(1) : "",
        resource.size() > 1 ? resource.get(1) : "");
  }

  ResourcePath withName(String newName) {
    return new ResourcePath(kind, namespace, newName);
  }

  /** Whether a list of this path has the object. */
  boolean lists(ResourcePath object) {
    return kind.equals(object.kind) && (namespace.isEmpty() || namespace.equals(object.namespace));
  }
}
