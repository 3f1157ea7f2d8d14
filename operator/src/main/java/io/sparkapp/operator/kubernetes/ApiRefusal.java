package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Reads what the API server's errors mean. */
final class ApiRefusal {

  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int INVALID = 422;

  private ApiRefusal() {}

  /** The object is wrong; sending it again changes nothing. */
  static boolean isLasting(KubernetesClientException e) {
    return e.getCode() == INVALID || e.getCode() == BAD_REQUEST;
  }

  static boolean isAlreadyThere(KubernetesClientException e) {
    return e.getCode() == CONFLICT;
  }

  static boolean isGone(KubernetesClientException e) {
    return e.getCode() == NOT_FOUND;
  }

  static boolean isForbidden(KubernetesClientException e) {
    return e.getCode() == FORBIDDEN;
  }

  /** The API server's own error below whatever it was wrapped in. */
  static Optional<KubernetesClientException> in(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof KubernetesClientException refusal) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }

  /** One sentence for the user. */
  static String sentence(KubernetesClientException e) {
    String said =
        e.getStatus() != null && e.getStatus().getMessage() != null
            ? e.getStatus().getMessage()
            : e.getMessage();
    return "The API server refuses it: " + said.strip();
  }
}
