package io.sparkapp.local;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sparkapp.local.controllers.Establishment;
import io.sparkapp.local.controlplane.ClusterException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Applies manifest files to a cluster, as {@code kubectl apply --server-side} does. */
final class Manifests {
  private static final long ESTABLISHED_WITHIN_SECONDS = 30;

  private final KubernetesClient client;

  Manifests(KubernetesClient client) {
    this.client = client;
  }

  /** In the given order; after each file its resource definitions are waited for. */
  void apply(List<Path> files) {
    files.forEach(this::apply);
  }

  private void apply(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<HasMetadata> items = client.load(in).items();
      items.forEach(item -> client.resource(item).forceConflicts().serverSideApply());
      items.stream()
          .filter(CustomResourceDefinition.class::isInstance)
          .map(CustomResourceDefinition.class::cast)
          .forEach(this::awaitEstablished);
    } catch (IOException e) {
      throw new ClusterException("Cannot read the manifest %s: %s.".formatted(file, e), e);
    } catch (KubernetesClientException e) {
      throw new ClusterException(
          "The API server refused the manifest %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private void awaitEstablished(CustomResourceDefinition definition) {
    client
        .resource(definition)
        .waitUntilCondition(
            current -> current != null && Establishment.isEstablished(current),
            ESTABLISHED_WITHIN_SECONDS,
            TimeUnit.SECONDS);
  }
}
