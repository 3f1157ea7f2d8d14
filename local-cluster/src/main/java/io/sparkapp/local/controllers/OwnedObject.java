package io.sparkapp.local.controllers;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;

/**
 * What garbage collection needs to know of an object.
 *
 * @param namespace empty for one that is in no namespace
 * @param deleting whether its deletion was asked for
 */
record OwnedObject(
    ResourceDefinitionContext type,
    String namespace,
    String name,
    String uid,
    String resourceVersion,
    List<OwnerReference> owners,
    List<String> finalizers,
    boolean deleting) {
  private static final String FOREGROUND = "foregroundDeletion";
  private static final String ORPHAN = "orphan";

  static OwnedObject of(ResourceDefinitionContext type, HasMetadata object) {
    ObjectMeta meta = object.getMetadata();
    return new OwnedObject(
        type,
        meta.getNamespace() == null ? "" : meta.getNamespace(),
        meta.getName(),
        meta.getUid(),
        meta.getResourceVersion(),
        meta.getOwnerReferences() == null ? List.of() : List.copyOf(meta.getOwnerReferences()),
        meta.getFinalizers() == null ? List.of() : List.copyOf(meta.getFinalizers()),
        meta.getDeletionTimestamp() != null);
  }

  /** Whether it goes when its dependents have gone. */
  boolean waitsForDependents() {
    return deleting && finalizers.contains(FOREGROUND);
  }

  /** Whether it goes when its dependents have been told that they have no owner any more. */
  boolean orphansDependents() {
    return deleting && finalizers.contains(ORPHAN);
  }

  /** Whether the owner may not go before this object. */
  boolean blocks(String ownerUid) {
    return owners.stream()
        .anyMatch(
            owner ->
                owner.getUid().equals(ownerUid)
                    && Boolean.TRUE.equals(owner.getBlockOwnerDeletion()));
  }

  List<OwnerReference> ownersWithout(String ownerUid) {
    return owners.stream().filter(owner -> !owner.getUid().equals(ownerUid)).toList();
  }

  List<String> finalizersWithoutCollectors() {
    return finalizers.stream()
        .filter(finalizer -> !finalizer.equals(FOREGROUND) && !finalizer.equals(ORPHAN))
        .toList();
  }

  /** The path of the object at the API server. */
  String path() {
    String group =
        type.getGroup() == null || type.getGroup().isEmpty()
            ? "/api/" + type.getVersion()
            : "/apis/" + type.getGroup() + "/" + type.getVersion();
    String scope = namespace.isEmpty() ? "" : "/namespaces/" + namespace;
    return group + scope + "/" + type.getPlural() + "/" + name;
  }
}
