package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.sparkapp.crds.SparkApp;

/** Tells our objects from others of the same name, by the owner's UID. */
final class Ownership {

  private Ownership() {}

  static boolean ownedBy(HasMetadata object, SparkApp app) {
    return ownedBy(object, app.getMetadata().getUid());
  }

  static boolean ownedBy(HasMetadata object, String uid) {
    return object.getMetadata().getOwnerReferences() != null
        && object.getMetadata().getOwnerReferences().stream()
            .anyMatch(owner -> owner.getUid().equals(uid));
  }
}
