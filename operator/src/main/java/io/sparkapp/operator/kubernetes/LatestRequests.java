package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.operator.applicationmaster.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All requests as the API server has them now. What was granted is not believed to a cache, which
 * may lag behind the leader before this one; but of most requests the cache has the version that is
 * the latest. So only names and versions are listed, a small part of the text.
 */
public final class LatestRequests {

  private static final Logger LOG = LoggerFactory.getLogger(LatestRequests.class);

  /** When more have changed they are read faster all at once. */
  private static final int FEW = 50;

  private final KubernetesClient client;
  private final Function<ResourceID, Optional<ExecutorRequest>> cached;

  /**
   * @param cached what a cache holds by a name
   */
  public LatestRequests(
      KubernetesClient client, Function<ResourceID, Optional<ExecutorRequest>> cached) {
    this.client = client;
    this.cached = cached;
  }

  /**
   * Reads them.
   *
   * @param namespaces empty for all
   * @throws KubernetesClientException when the API server does not answer, or forbids to list in
   *     all namespaces
   */
  public Map<ResourceID, ExecutorRequest> in(Set<String> namespaces) {
    Stream<ExecutorRequest> all =
        namespaces.isEmpty()
            ? read(Optional.empty()).stream()
            : namespaces.stream().flatMap(namespace -> readIn(namespace).stream());
    return all.collect(Collectors.toMap(ResourceID::fromResource, Function.identity()));
  }

  /** A namespace that may not be read must not keep the operator from the others. */
  private List<ExecutorRequest> readIn(String namespace) {
    try {
      return read(Optional.of(namespace));
    } catch (KubernetesClientException e) {
      if (!ApiRefusal.isForbidden(e)) {
        throw e;
      }
      LOG.warn("Namespace {}: {}", namespace, ApiRefusal.sentence(e));
      return List.of();
    }
  }

  private List<ExecutorRequest> read(Optional<String> namespace) {
    Optional<List<GenericKubernetesResource>> versions = versions(namespace);
    if (versions.isEmpty()) {
      // Either it answers this, or it says why not, in words that the client understands.
      return whole(namespace);
    }
    List<ExecutorRequest> latest = new ArrayList<>();
    List<ResourceID> changed = new ArrayList<>();
    for (GenericKubernetesResource written : versions.get()) {
      ResourceID id = ResourceID.fromResource(written);
      cached
          .apply(id)
          .filter(each -> version(each).equals(version(written)))
          .ifPresentOrElse(latest::add, () -> changed.add(id));
    }
    if (changed.size() > FEW) {
      return whole(namespace);
    }
    changed.stream().map(this::whole).flatMap(Optional::stream).forEach(latest::add);
    return latest;
  }

  private static String version(HasMetadata object) {
    return object.getMetadata().getResourceVersion();
  }

  private Optional<ExecutorRequest> whole(ResourceID id) {
    return Optional.ofNullable(
        client
            .resources(ExecutorRequest.class)
            .inNamespace(id.getNamespace().orElseThrow())
            .withName(id.getName())
            .get());
  }

  private List<ExecutorRequest> whole(Optional<String> namespace) {
    var requests = client.resources(ExecutorRequest.class);
    var there =
        namespace.isPresent() ? requests.inNamespace(namespace.get()) : requests.inAnyNamespace();
    return there.withLabelSelector(Names.OURS).list().getItems();
  }

  /** Empty when refused. */
  private Optional<List<GenericKubernetesResource>> versions(Optional<String> namespace) {
    return new MetadataLists(client)
        .read(address(namespace), VersionMessages.OBJECTS)
        .map(GenericKubernetesResourceList::getItems);
  }

  private static String address(Optional<String> namespace) {
    return "apis/%s/%s%s?labelSelector=%s"
        .formatted(
            HasMetadata.getApiVersion(ExecutorRequest.class),
            namespace.map(each -> "namespaces/" + each + "/").orElse(""),
            HasMetadata.getPlural(ExecutorRequest.class),
            HttpRequest.formURLEncode(Names.OURS));
  }
}
