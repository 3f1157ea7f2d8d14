package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads long lists from the API server a page at a time, so that no single answer is huge. */
final class ApplicationPages {

  /** As kubectl's {@code --chunk-size}. */
  static final long PAGE = 500;

  private ApplicationPages() {}

  /**
   * All of them.
   *
   * @param read asks the API server for one page
   */
  static <T extends HasMetadata> List<T> all(
      String selector, Function<ListOptions, ? extends KubernetesResourceList<T>> read) {
    List<T> all = new ArrayList<>();
    String more = null;
    do {
      try {
        KubernetesResourceList<T> page = read.apply(options(selector, PAGE, more));
        all.addAll(page.getItems());
        more = page.getMetadata() == null ? null : page.getMetadata().getContinue();
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_GONE || more == null) {
          throw e;
        }
        // What the pages are of was compacted away meanwhile; client-go reads all at once then too.
        return read.apply(options(selector, null, null)).getItems();
      }
    } while (more != null && !more.isEmpty());
    return all;
  }

  private static ListOptions options(String selector, Long limit, String more) {
    return new ListOptionsBuilder()
        .withLimit(limit)
        .withContinue(more)
        .withLabelSelector(selector)
        .build();
  }
}
