package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.sparkapp.crds.ExecutorRequest;
import java.util.Locale;

/** Objects of another scheduler that stand for a gang of pods. They belong to the request. */
final class PodGroupObjects {

  private final KubernetesClient client;

  PodGroupObjects(KubernetesClient client) {
    this.client = client;
  }

  /**
   * One of this attempt that is there already is ours.
   *
   * @throws RefusedByApiServerException when the cluster does not know such objects, or the
   *     operator may not make them
   */
  void create(GenericKubernetesResource group, ExecutorRequest owner) {
    GenericKubernetesResource wanted = owned(group, owner);
    try {
      groups(wanted).resource(wanted).create();
    } catch (KubernetesClientException e) {
      String what = wanted.getKind() + " of " + wanted.getApiVersion();
      if (ApiRefusal.isGone(e)) {
        throw new RefusedByApiServerException(
            "This cluster knows no "
                + what
                + ": install the scheduler, or leave spec.batchScheduler out.",
            e);
      }
      if (ApiRefusal.isForbidden(e) && !e.getMessage().contains("exceeded quota")) {
        throw new RefusedByApiServerException(
            "The operator may not make a "
                + what
                + ": upgrade its chart with batchSchedulers.volcano=true, or leave"
                + " spec.batchScheduler out.",
            e);
      }
      if (ApiRefusal.isLasting(e)) {
        throw new RefusedByApiServerException(
            "The " + what + " can not be made. " + ApiRefusal.sentence(e), e);
      }
      if (!ApiRefusal.isAlreadyThere(e)) {
        throw e;
      }
      GenericKubernetesResource there = groups(wanted).resource(wanted).get();
      if (there == null || there.getMetadata().getDeletionTimestamp() != null) {
        // On its way out: it is tried again when it is gone.
        throw e;
      }
      if (!Ownership.ownedBy(there, owner.getMetadata().getUid())) {
        throw PodObjects.taken(there, e);
      }
    }
  }

  /** Without asking the API server what kinds it knows: that it does not is an answer too. */
  private NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      groups(GenericKubernetesResource group) {
    String[] api = group.getApiVersion().split("/", 2);
    return client
        .genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup(api[0])
                .withVersion(api[1])
                .withKind(group.getKind())
                .withPlural(group.getKind().toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(true)
                .build())
        .inNamespace(group.getMetadata().getNamespace());
  }

  private static GenericKubernetesResource owned(
      GenericKubernetesResource group, ExecutorRequest owner) {
    GenericKubernetesResource owned = new GenericKubernetesResource();
    owned.setApiVersion(group.getApiVersion());
    owned.setKind(group.getKind());
    owned.setAdditionalProperties(group.getAdditionalProperties());
    owned.setMetadata(
        new ObjectMetaBuilder(group.getMetadata())
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(owner.getApiVersion())
                    .withKind(owner.getKind())
                    .withName(owner.getMetadata().getName())
                    .withUid(owner.getMetadata().getUid())
                    .build())
            .build());
    return owned;
  }
}
