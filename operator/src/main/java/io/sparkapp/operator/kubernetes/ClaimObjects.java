package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;

/** Claims for executors' local directories. They belong to the attempt's request. */
final class ClaimObjects {

  private final KubernetesClient client;

  ClaimObjects(KubernetesClient client) {
    this.client = client;
  }

  /** The request that is to own claims; they can not be made without it. */
  ExecutorRequest owner(SparkApp app, String request) {
    return client
        .resources(ExecutorRequest.class)
        .inNamespace(app.getMetadata().getNamespace())
        .withName(request)
        .require();
  }

  /** A claim of this attempt that is there already is the one that an earlier executor had. */
  void create(PersistentVolumeClaim wanted, ExecutorRequest owner) {
    PersistentVolumeClaim claim =
        new PersistentVolumeClaimBuilder(wanted)
            .editMetadata()
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(owner.getApiVersion())
                    .withKind(owner.getKind())
                    .withName(owner.getMetadata().getName())
                    .withUid(owner.getMetadata().getUid())
                    .build())
            .endMetadata()
            .build();
    try {
      client.resource(claim).create();
    } catch (KubernetesClientException e) {
      if (ApiRefusal.isLasting(e)) {
        throw new RefusedByApiServerException(
            "The claim "
                + claim.getMetadata().getName()
                + " can not be made. "
                + ApiRefusal.sentence(e),
            e);
      }
      if (!ApiRefusal.isAlreadyThere(e)) {
        throw e;
      }
      PersistentVolumeClaim there = client.resource(claim).get();
      if (there == null || there.getMetadata().getDeletionTimestamp() != null) {
        // On its way out: it is tried again when it is gone.
        throw e;
      }
      if (!Ownership.ownedBy(there, owner.getMetadata().getUid())) {
        throw PodObjects.taken(there, e);
      }
    }
  }
}
