package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds applications. */
final class Applications {

  /** Enough to find the one that was meant. */
  private static final long NAMES = 500;

  private final KubernetesClient client;
  private final String namespace;

  /** Those of the client's namespace. */
  Applications(KubernetesClient client) {
    this(client, client.getConfiguration().getNamespace());
  }

  Applications(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  String namespace() {
    return namespace;
  }

  Resource<SparkApp> resource(String name) {
    return client.resources(SparkApp.class).inNamespace(namespace()).withName(name);
  }

  /**
   * @throws CommandFailure when there is none
   */
  SparkApp get(String name) {
    SparkApp app = resource(name).get();
    if (app == null) {
      throw missing(name);
    }
    return app;
  }

  /**
   * With every field that the API server has, also those that this command does not know.
   *
   * @throws CommandFailure when there is none
   */
  GenericKubernetesResource whole(String name) {
    GenericKubernetesResource app =
        client
            .genericKubernetesResources(Kinds.SPARK_APP)
            .inNamespace(namespace())
            .withName(name)
            .get();
    if (app == null) {
      throw missing(name);
    }
    return app;
  }

  /** The request of the current attempt, as long as there is one. */
  Optional<ExecutorRequest> request(SparkApp app) {
    return Optional.ofNullable(app.getStatus())
        .map(SparkAppStatus::applicationId)
        .map(
            id ->
                client
                    .resources(ExecutorRequest.class)
                    .inNamespace(app.getMetadata().getNamespace())
                    .withName(id)
                    .get());
  }

  /** Says so, and which one may have been meant. */
  CommandFailure missing(String name) {
    return CommandFailure.notFound(
        "There is no application %s in namespace %s.%s"
            .formatted(name, namespace(), Nearest.hint(name, names())));
  }

  /** Some names of applications; none when their user may not list them. */
  List<String> names() {
    ListOptions some = new ListOptionsBuilder().withLimit(NAMES).build();
    return Permission.ifAllowed(
            () ->
                client
                    .genericKubernetesResources(Kinds.SPARK_APP)
                    .inNamespace(namespace())
                    .list(some)
                    .getItems())
        .orElse(List.of())
        .stream()
        .map(app -> app.getMetadata().getName())
        .toList();
  }

  /**
   * Changes fields of the spec of one that is not over.
   *
   * @return the application with the change
   * @throws CommandFailure when there is none, or when it is over
   */
  SparkApp change(String name, Map<String, Object> fields) {
    if (StatusScreen.isFinished(get(name))) {
      throw CommandFailure.failed(
          "Application " + name + " is over; nothing of it changes any more.");
    }
    return patch(name, fields);
  }

  /** Changes fields of the spec. */
  SparkApp patch(String name, Map<String, Object> fields) {
    return resource(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("spec", fields)));
  }
}
