package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at what is good to know, but not everybody may look at. */
final class Permission {

  private Permission() {}

  /** What the call returns; empty when its user has no right to it. */
  static <T> Optional<T> ifAllowed(Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
