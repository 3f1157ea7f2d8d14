package io.sparkapp.local.controllers;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Garbage collection by owner references: deletes what has owners of which none is left. An owner
 * that isn't watched, or no longer, is looked for at the API server before anything is deleted.
 */
final class OwnerCollector implements AutoCloseable, WatchedKinds.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerCollector.class);
  private static final int THREADS = 8;
  private static final int ABSENT_REMEMBERED = 10_000;

  private enum Owner {
    PRESENT,
    WAITING_FOR_DEPENDENTS,
    ABSENT
  }

  private final KubernetesClient client;
  private final OwnerGraph graph = new OwnerGraph();
  private final KeyedQueue<String> queue = new KeyedQueue<>("owner-collector", THREADS, this::look);
  private final WatchedKinds kinds;

  /** UIDs for which the API server had no object; a UID never comes back. */
  private final Set<String> absent =
      Collections.newSetFromMap(
          Collections.synchronizedMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > ABSENT_REMEMBERED;
                }
              }));

  OwnerCollector(KubernetesClient client) {
    this.client = client;
    this.kinds = new WatchedKinds(client, this);
  }

  void start() {
    kinds.start();
  }

  @Override
  public void close() {
    kinds.close();
    queue.close();
  }

  @Override
  public void seen(OwnedObject object) {
    graph.put(object);
    if (object.waitsForDependents() || object.orphansDependents()) {
      graph.dependentsOf(object.uid()).forEach(dependent -> queue.add(dependent.uid()));
      queue.add(object.uid());
    } else if (!object.owners().isEmpty() && !object.deleting()) {
      queue.add(object.uid());
    }
  }

  @Override
  public void gone(OwnedObject object) {
    List<OwnedObject> dependents = graph.dependentsOf(object.uid());
    graph.remove(object.uid());
    dependents.forEach(dependent -> queue.add(dependent.uid()));
    object.owners().stream()
        .map(OwnerReference::getUid)
        .filter(owner -> graph.find(owner).filter(OwnedObject::waitsForDependents).isPresent())
        .forEach(queue::add);
  }

  private Optional<Duration> look(String uid) {
    graph.find(uid).ifPresent(this::look);
    return Optional.empty();
  }

  private void look(OwnedObject object) {
    if (object.orphansDependents()) {
      graph.dependentsOf(object.uid()).forEach(dependent -> disown(dependent, object.uid()));
      removeFinalizers(object);
    } else if (object.waitsForDependents()) {
      if (graph.dependentsOf(object.uid()).stream().noneMatch(one -> one.blocks(object.uid()))) {
        removeFinalizers(object);
      }
    } else if (!object.deleting() && !object.owners().isEmpty() && hasNoOwnerLeft(object)) {
      delete(object);
    }
  }

  private boolean hasNoOwnerLeft(OwnedObject object) {
    for (OwnerReference reference : object.owners()) {
      if (find(object, reference) == Owner.PRESENT) {
        return false;
      }
    }
    return true;
  }

  private Owner find(OwnedObject object, OwnerReference reference) {
    Optional<OwnedObject> known = graph.find(reference.getUid());
    if (known.isPresent()) {
      return known.get().waitsForDependents() ? Owner.WAITING_FOR_DEPENDENTS : Owner.PRESENT;
    }
    if (absent.contains(reference.getUid())) {
      return Owner.ABSENT;
    }
    GenericKubernetesResource owner =
        client
            .genericKubernetesResources(reference.getApiVersion(), reference.getKind())
            .inNamespace(object.namespace())
            .withName(reference.getName())
            .get();
    if (owner != null && owner.getMetadata().getUid().equals(reference.getUid())) {
      return Owner.PRESENT;
    }
    absent.add(reference.getUid());
    return Owner.ABSENT;
  }

  private void delete(OwnedObject object) {
    LOG.info("{} {} has no owner left and is deleted.", object.type().getKind(), object.name());
    try {
      client.raw(
          object.path(),
          "DELETE",
          new DeleteOptionsBuilder()
              .withPropagationPolicy("Background")
              .withNewPreconditions(null, object.uid())
              .build());
    } catch (KubernetesClientException e) {
      rethrowUnlessGone(e);
    }
  }

  private void disown(OwnedObject dependent, String owner) {
    patch(
        dependent,
        Map.of(
            "ownerReferences",
            dependent.ownersWithout(owner),
            "resourceVersion",
            dependent.resourceVersion()));
  }

  private void removeFinalizers(OwnedObject object) {
    patch(
        object,
        Map.of(
            "finalizers",
            object.finalizersWithoutCollectors(),
            "resourceVersion",
            object.resourceVersion()));
  }

  /** A conflict makes the caller come again, with what the informer has got by then. */
  private void patch(OwnedObject object, Map<String, Object> metadata) {
    try {
      resource(object)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              client.getKubernetesSerialization().asJson(Map.of("metadata", metadata)));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  private Resource<GenericKubernetesResource> resource(OwnedObject object) {
    return object.namespace().isEmpty()
        ? client.genericKubernetesResources(object.type()).withName(object.name())
        : client
            .genericKubernetesResources(object.type())
            .inNamespace(object.namespace())
            .withName(object.name());
  }

  private static void rethrowUnlessGone(KubernetesClientException error) {
    // A conflict: another object has got the name.
    if (error.getCode() != HttpURLConnection.HTTP_NOT_FOUND
        && error.getCode() != HttpURLConnection.HTTP_CONFLICT) {
      throw error;
    }
  }
}
