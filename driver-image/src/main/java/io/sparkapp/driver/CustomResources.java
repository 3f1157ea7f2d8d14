package io.sparkapp.driver;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.resource.ExecutorResourceRequest;
import org.apache.spark.resource.ResourceProfile;
import scala.jdk.javaapi.CollectionConverters;

/** GPUs and the like, named as Kubernetes does: {@code vendor/resource}. */
final class CustomResources {

  private CustomResources() {}

  static Map<String, String> of(ResourceProfile profile) {
    Map<String, String> resources = new TreeMap<>();
    for (ExecutorResourceRequest request :
        CollectionConverters.asJava(profile.getCustomExecutorResources()).values()) {
      String name =
          request.vendor().isEmpty()
              ? request.resourceName()
              : request.vendor() + "/" + request.resourceName();
      resources.put(name, Long.toString(request.amount()));
    }
    return resources;
  }
}
