package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.Names;
import java.util.Map;
import java.util.Optional;

/** Single pods. */
final class PodObjects {

  private final KubernetesClient client;
  private final DriverAccess driverAccess;
  private volatile InformerEventSource<Pod, SparkApp> cache;

  PodObjects(KubernetesClient client, DriverAccess driverAccess) {
    this.client = client;
    this.driverAccess = driverAccess;
  }

  void remember(InformerEventSource<Pod, SparkApp> podCache) {
    cache = podCache;
  }

  void create(SparkApp app, Pod wanted) {
    try {
      Pod pod = client.resource(wanted).create();
      cache.handleRecentResourceCreate(ResourceID.fromResource(pod), pod);
    } catch (KubernetesClientException e) {
      if (ApiRefusal.isLasting(e)) {
        throw new RefusedByApiServerException(
            "The pod "
                + wanted.getMetadata().getName()
                + " can not be made. "
                + ApiRefusal.sentence(e),
            e);
      }
      if (!ApiRefusal.isAlreadyThere(e)) {
        driverAccess.forget(app.getMetadata().getNamespace());
        throw e;
      }
      Pod there = client.resource(wanted).get();
      if (there == null) {
        throw e;
      }
      if (!Ownership.ownedBy(there, app)) {
        throw taken(there, e);
      }
    }
  }

  void tellDriverAddress(SparkApp app, String name, String address) {
    Map<String, Object> patch =
        Map.of("metadata", Map.of("annotations", Map.of(Names.DRIVER_ADDRESS, address)));
    // By a name alone the client would read the pod first.
    Pod named =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(app.getMetadata().getNamespace())
            .endMetadata()
            .build();
    ResourceID id = ResourceID.fromResource(named);
    Optional<Pod> before = cache.get(id);
    try {
      Pod pod =
          client
              .resource(named)
              .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
      // What came in since then is newer than the answer, or the answer's own event.
      before.ifPresent(known -> cache.handleRecentResourceUpdate(id, pod, known));
    } catch (KubernetesClientException e) {
      if (!ApiRefusal.isGone(e)) {
        throw e;
      }
    }
  }

  void delete(SparkApp app, String name) {
    client.pods().inNamespace(app.getMetadata().getNamespace()).withName(name).delete();
  }

  /**
   * Some other object has the name that ours must have: one that an earlier application of the same
   * name left to the garbage collector goes soon, anybody else's stays.
   */
  static RuntimeException taken(HasMetadata there, KubernetesClientException conflict) {
    if (there.getMetadata().getLabels() != null
        && Names.MANAGER.equals(there.getMetadata().getLabels().get(Names.MANAGED_BY))) {
      return conflict;
    }
    String kind = there.getKind();
    String name = there.getMetadata().getName();
    return new RefusedByApiServerException(
        "There is a "
            + kind
            + " "
            + name
            + " already that does not belong to this application: delete it, or give the"
            + " application another name.",
        conflict);
  }
}
