package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What informers keep their objects in. */
public final class CacheStores {

  /**
   * How many objects a call for the first of them brings at most. All at once they are there whole
   * and together, before any is brought into another form: fifty thousand pods are more than a
   * gigabyte so. As large as the pages of Kubernetes' own clients.
   */
  public static final Long PAGE = 500L;

  private CacheStores() {}

  /**
   * Keeps objects in another form than they come in; null for the client's own store, which keeps
   * them whole. With a list of namespaces there is one informer for each of them, and they can not
   * share one store: each would drop what the others have.
   *
   * @param jobNamespaces where applications are run; empty for everywhere
   */
  static <T extends HasMetadata> ItemStore<T> storing(
      Set<String> jobNamespaces, UnaryOperator<T> form) {
    return jobNamespaces.size() > 1 ? null : new TransformingItemStore<>(form);
  }
}
