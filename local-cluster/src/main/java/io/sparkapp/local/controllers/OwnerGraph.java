package io.sparkapp.local.controllers;

import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The objects that are watched, and who owns whom. Thread-safe. */
final class OwnerGraph {
  private final Map<String, OwnedObject> objects = new HashMap<>();
  private final Map<String, Set<String>> dependents = new HashMap<>();

  /** Adds an object or replaces what was known of it. */
  synchronized void put(OwnedObject object) {
    remove(object.uid());
    objects.put(object.uid(), object);
    for (OwnerReference owner : object.owners()) {
      dependents.computeIfAbsent(owner.getUid(), uid -> new HashSet<>()).add(object.uid());
    }
  }

  /** Removes an object; its dependents stay known as such. */
  synchronized void remove(String uid) {
    OwnedObject old = objects.remove(uid);
    if (old == null) {
      return;
    }
    for (OwnerReference owner : old.owners()) {
      Set<String> siblings = dependents.get(owner.getUid());
      siblings.remove(uid);
      if (siblings.isEmpty()) {
        dependents.remove(owner.getUid());
      }
    }
  }

  synchronized Optional<OwnedObject> find(String uid) {
    return Optional.ofNullable(objects.get(uid));
  }

  /** The objects that name this one as an owner, whether it is known itself or not. */
  synchronized List<OwnedObject> dependentsOf(String uid) {
    return dependents.getOrDefault(uid, Set.of()).stream().map(objects::get).toList();
  }
}
