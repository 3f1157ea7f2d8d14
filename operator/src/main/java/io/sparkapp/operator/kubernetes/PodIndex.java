package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.sparkapp.operator.applicationmaster.Names;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which pods there are of each application, by their labels. */
final class PodIndex {

  private final Map<ResourceID, Set<ResourceID>> pods = new ConcurrentHashMap<>();

  /** Whose object it is; empty when its labels do not tell. */
  static Set<ResourceID> application(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    String app = labels == null ? null : labels.get(Names.APP);
    return app == null
        ? Set.of()
        : Set.of(new ResourceID(app, object.getMetadata().getNamespace()));
  }

  void add(Pod pod) {
    application(pod)
        .forEach(
            app ->
                pods.compute(
                    app,
                    (name, of) -> {
                      Set<ResourceID> all = of == null ? ConcurrentHashMap.newKeySet() : of;
                      all.add(ResourceID.fromResource(pod));
                      return all;
                    }));
  }

  void remove(Pod pod) {
    application(pod)
        .forEach(
            app ->
                pods.computeIfPresent(
                    app,
                    (name, of) -> {
                      of.remove(ResourceID.fromResource(pod));
                      return of.isEmpty() ? null : of;
                    }));
  }

  /** Those of one application; changes while it is looked at. */
  Set<ResourceID> of(ResourceID app) {
    return pods.getOrDefault(app, Set.of());
  }
}
