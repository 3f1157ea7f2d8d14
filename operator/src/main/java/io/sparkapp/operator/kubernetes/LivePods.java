package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.sparkapp.operator.applicationmaster.CachedForm;
import io.sparkapp.operator.applicationmaster.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pods of all applications that have not ended, and of each no more than its metadata: whose it
 * is, of which role and profile, and whether it goes. That is what queues are charged for, and a
 * third of the work of reading the pods whole.
 */
final class LivePods {

  /** The API server leaves out those that have ended: what is listed says nothing of that. */
  private static final String NOT_ENDED = "status.phase!=Succeeded,status.phase!=Failed";

  /** More names than these are no address any more. */
  private static final int FEW = 50;

  private final MetadataLists lists;
  private final CachedForm form;
  private final Map<ResourceID, List<Pod>> byApplication = new HashMap<>();

  /**
   * @param form shares what pods have in common
   */
  LivePods(KubernetesClient client, CachedForm form) {
    this.lists = new MetadataLists(client);
    this.form = form;
  }

  /**
   * Reads those of applications of such names, and perhaps those of others.
   *
   * @return by the application that they are of; empty when the list is refused
   * @throws KubernetesClientException when the API server does not answer
   */
  Optional<Map<ResourceID, List<Pod>>> of(Set<String> names) {
    String selector =
        names.size() > FEW
            ? Names.OURS
            : Names.OURS + "," + Names.APP + " in (" + String.join(",", names) + ")";
    String list =
        "api/v1/pods?labelSelector=%s&fieldSelector=%s&limit=%d"
            .formatted(
                HttpRequest.formURLEncode(selector),
                HttpRequest.formURLEncode(NOT_ENDED),
                CacheStores.PAGE);
    Optional<String> next = Optional.of(list);
    while (next.isPresent()) {
      Optional<PodList> page = lists.read(next.get(), PodMessages.PODS_METADATA);
      if (page.isEmpty()) {
        return Optional.empty();
      }
      page.get().getItems().forEach(this::add);
      next =
          Optional.ofNullable(page.get().getMetadata().getContinue())
              .map(token -> list + "&continue=" + HttpRequest.formURLEncode(token));
    }
    return Optional.of(byApplication);
  }

  private void add(Pod pod) {
    Pod kept = form.of(pod);
    PodIndex.application(kept)
        .forEach(app -> byApplication.computeIfAbsent(app, none -> new ArrayList<>()).add(kept));
  }
}
