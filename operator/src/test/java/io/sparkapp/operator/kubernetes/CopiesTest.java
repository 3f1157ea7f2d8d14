package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CopiesTest {

  private static final String APP =
      """
      apiVersion: sparkapp.io/v1alpha1
      kind: SparkApp
      metadata:
        name: flights
        namespace: jobs
        uid: 1234
        resourceVersion: "7"
        labels: {team: etl}
        annotations: {note: first}
        finalizers: [acme.org/keep]
      spec:
        main: {jar: "local:///a.jar", class: A}
        executor: {instances: 2}
      status: {phase: Running, message: It runs., attempt: 1}
      """;

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final Copies copies = new Copies(client);

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aCopyOfAnApplicationSaysTheSame() {
    SparkApp app = Serialization.unmarshal(APP, SparkApp.class);

    assertThat(Serialization.asJson(copies.clone(app))).isEqualTo(Serialization.asJson(app));
  }

  @Test
  void whatIsChangedOfACopysMetadataIsNotChangedOfTheApplication() {
    SparkApp app = Serialization.unmarshal(APP, SparkApp.class);
    SparkApp copy = copies.clone(app);

    copy.getMetadata().setResourceVersion(null);
    copy.getMetadata().getLabels().put("team", "other");
    copy.getMetadata().getAnnotations().clear();
    copy.addFinalizer("sparkapp.io/another");
    copy.setStatus(null);

    assertThat(app).isEqualTo(Serialization.unmarshal(APP, SparkApp.class));
  }

  @Test
  void anyOtherKindIsCopiedWhole() {
    ConfigMap map = new ConfigMapBuilder().addToData("a", "b").build();

    ConfigMap copy = copies.clone(map);

    assertThat(copy).isEqualTo(map).isNotSameAs(map);
    assertThat(copy.getData()).isNotSameAs(map.getData());
  }
}
