package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Asks the cluster whom it takes the user for, as {@code kubectl auth whoami}. */
final class WhoAmI {

  private WhoAmI() {}

  /** Empty on a cluster that does not tell; it is asked out of courtesy only. */
  static Optional<String> name(KubernetesClient client) {
    try {
      SelfSubjectReview review =
          client
              .authentication()
              .v1()
              .selfSubjectReviews()
              .create(new SelfSubjectReviewBuilder().build());
      return Optional.ofNullable(review.getStatus().getUserInfo().getUsername());
    } catch (KubernetesClientException e) {
      // 403 or, before Kubernetes 1.28, 404: what the user came for says what else is wrong.
      return Optional.empty();
    }
  }
}
