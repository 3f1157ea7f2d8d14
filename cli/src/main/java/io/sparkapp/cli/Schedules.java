package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkApp;
import java.util.List;
import java.util.Map;

/** Finds schedules and changes them. */
final class Schedules {

  /** Label of the applications that a schedule started. */
  static final String LABEL = SparkApp.GROUP + "/schedule";

  private static final String API_VERSION = SparkApp.GROUP + "/" + SparkApp.VERSION;

  /** Five letters of the API server's come after it, and 52 are the most that a name may have. */
  private static final int LONGEST_PREFIX = 47;

  private static final String BY_HAND = "-manual-";

  private final KubernetesClient client;

  Schedules(KubernetesClient client) {
    this.client = client;
  }

  /**
   * @throws CommandFailure when there is none
   */
  GenericKubernetesResource get(String name) {
    GenericKubernetesResource schedule = resource(name).get();
    if (schedule == null) {
      throw CommandFailure.notFound(
          "There is no ScheduledSparkApp %s in namespace %s.%s"
              .formatted(name, namespace(), Nearest.hint(name, names())));
    }
    return schedule;
  }

  List<String> names() {
    var there =
        client.genericKubernetesResources(Kinds.SCHEDULED_SPARK_APP).inNamespace(namespace());
    return Permission.ifAllowed(() -> ApplicationPages.all(null, there::list))
        .orElse(List.of())
        .stream()
        .map(schedule -> schedule.getMetadata().getName())
        .toList();
  }

  void suspend(String name, boolean suspend) {
    get(name);
    resource(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            Serialization.asJson(Map.of("spec", Map.of("suspend", suspend))));
  }

  /** Starts an application of its template, which goes with the schedule but is no run of it. */
  SparkApp run(String name) {
    GenericKubernetesResource app = application(get(name));
    GenericKubernetesResource created =
        client
            .genericKubernetesResources(Kinds.SPARK_APP)
            .inNamespace(namespace())
            .resource(app)
            .create();
    return client.getKubernetesSerialization().convertValue(created, SparkApp.class);
  }

  static GenericKubernetesResource application(GenericKubernetesResource schedule) {
    String name = schedule.getMetadata().getName();
    int most = Math.min(name.length(), LONGEST_PREFIX - BY_HAND.length());
    GenericKubernetesResource app = new GenericKubernetesResource();
    app.setApiVersion(API_VERSION);
    app.setKind("SparkApp");
    app.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(schedule.getMetadata().getNamespace())
            .withGenerateName(name.substring(0, most) + BY_HAND)
            .withLabels(Map.of(LABEL, name))
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(schedule.getApiVersion())
                    .withKind(schedule.getKind())
                    .withName(name)
                    .withUid(schedule.getMetadata().getUid())
                    .build())
            .build());
    Object template = schedule.get("spec", "template");
    app.setAdditionalProperties(Map.of("spec", template));
    return app;
  }

  private Resource<GenericKubernetesResource> resource(String name) {
    return client
        .genericKubernetesResources(Kinds.SCHEDULED_SPARK_APP)
        .inNamespace(namespace())
        .withName(name);
  }

  private String namespace() {
    return client.getConfiguration().getNamespace();
  }
}
