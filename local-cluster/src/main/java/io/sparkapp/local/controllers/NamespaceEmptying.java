package io.sparkapp.local.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes all that is in a namespace that is to go, and lets it go when nothing is left. */
final class NamespaceEmptying {
  private static final Logger LOG = LoggerFactory.getLogger(NamespaceEmptying.class);
  private static final Duration NEXT_LOOK = Duration.ofMillis(300);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;

  NamespaceEmptying(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Does what can be done now.
   *
   * @return when to come again; empty if the namespace is gone
   */
  Optional<Duration> empty(String namespace) {
    Namespace now = client.namespaces().withName(namespace).get();
    if (now == null || now.getMetadata().getDeletionTimestamp() == null) {
      return Optional.empty();
    }
    List<String> left = collections(namespace).filter(collection -> !isEmpty(collection)).toList();
    left.forEach(this::deleteAll);
    if (!left.isEmpty()) {
      LOG.debug("Namespace {} is not empty yet: {}", namespace, left);
      return Optional.of(NEXT_LOOK);
    }
    finish(now);
    return Optional.empty();
  }

  /** The paths of everything in the namespace that can be listed and deleted. */
  private Stream<String> collections(String namespace) {
    Stream<String> groups =
        client.getApiGroups().getGroups().stream()
            .flatMap(group -> group.getVersions().stream().limit(1))
            .map(version -> version.getGroupVersion());
    return Stream.concat(Stream.of("v1"), groups)
        .flatMap(groupVersion -> collections(namespace, groupVersion));
  }

  private Stream<String> collections(String namespace, String groupVersion) {
    APIResourceList resources = client.getApiResources(groupVersion);
    if (resources == null) {
      return Stream.empty(); // Its last definition has just gone.
    }
    String root = groupVersion.equals("v1") ? "/api/v1" : "/apis/" + groupVersion;
    return resources.getResources().stream()
        .filter(APIResource::getNamespaced)
        .filter(resource -> resource.getVerbs().containsAll(List.of("list", "deletecollection")))
        .map(resource -> "%s/namespaces/%s/%s".formatted(root, namespace, resource.getName()));
  }

  private boolean isEmpty(String collection) {
    String list = ignoringGone(() -> client.raw(collection + "?limit=1"));
    if (list == null) {
      return true;
    }
    try {
      JsonNode items = JSON.readTree(list).path("items");
      return items.isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deleteAll(String collection) {
    ignoringGone(() -> client.raw(collection, "DELETE", background()));
  }

  private void finish(Namespace namespace) {
    Namespace body =
        new NamespaceBuilder(namespace)
            .editSpec()
            .removeFromFinalizers("kubernetes")
            .endSpec()
            .build();
    ignoringGone(
        () ->
            client.raw(
                "/api/v1/namespaces/%s/finalize".formatted(namespace.getMetadata().getName()),
                "PUT",
                body));
  }

  private static DeleteOptions background() {
    return new DeleteOptionsBuilder().withPropagationPolicy("Background").build();
  }

  private static String ignoringGone(Supplier<String> call) {
    try {
      return call.get();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }
}
