package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedObjectTest {

  private static final String POD =
      """
      "metadata": {"name": "flights-1-exec-1", "labels": {"a": "b"},
        "ownerReferences": [{"apiVersion": "sparkapp.io/v1alpha1", "kind": "ExecutorRequest",
          "name": "flights-1", "uid": "1"}]},
      "spec": {"nodeName": "node-1", "containers": [{"name": "executor",
        "resources": {"requests": {"cpu": "1"}}}]},
      "status": {"phase": "Running", "podIP": "10.42.0.7"}
      """;

  private static final String APP =
      """
      "metadata": {"name": "flights", "namespace": "jobs"},
      "spec": {"main": {"jar": "local:///a.jar", "class": "A"}, "executor": {"instances": 2}},
      "status": {"phase": "Running", "attempt": 1}
      """;

  private final KubernetesSerialization ours = LeanReading.serialization();
  private final KubernetesSerialization clients = new KubernetesSerialization();

  private static WatchEvent read(KubernetesSerialization with, String object) {
    return with.unmarshal("{\"type\":\"MODIFIED\",\"object\":{" + object + "}}", WatchEvent.class);
  }

  @Test
  void aPodIsWhatTheClientMakesOfIt() {
    WatchEvent event = read(ours, "\"kind\": \"Pod\", \"apiVersion\": \"v1\"," + POD);

    assertThat(event.getType()).isEqualTo("MODIFIED");
    assertThat(event.getObject())
        .isInstanceOf(Pod.class)
        .isEqualTo(read(clients, "\"kind\": \"Pod\", \"apiVersion\": \"v1\"," + POD).getObject());
  }

  @Test
  void aCustomResourceSaysItsVersionFirst() {
    String app = "\"apiVersion\": \"sparkapp.io/v1alpha1\", \"kind\": \"SparkApp\"," + APP;

    assertThat(read(ours, app).getObject())
        .isInstanceOfSatisfying(
            SparkApp.class,
            read -> {
              assertThat(read.getSpec().executor().instances()).isEqualTo(2);
              assertThat(read.getKind()).isEqualTo("SparkApp");
              assertThat(read.getStatus().attempt()).isEqualTo(1);
            });
  }

  @Test
  void aRequestThatAnEarlierVersionAnsweredCanBeRead() {
    String request =
        "\"apiVersion\": \"sparkapp.io/v1alpha1\", \"kind\": \"ExecutorRequest\","
            + " \"metadata\": {\"name\": \"flights-1\"}, \"status\": {\"lastExecutorId\": 2%s}";

    assertThat(read(ours, request.formatted(", \"executors\": {\"pending\": 2}")).getObject())
        .isInstanceOf(ExecutorRequest.class)
        .isEqualTo(read(ours, request.formatted("")).getObject());
  }

  @Test
  void theKindMayStandAnywhere() {
    List<String> objects =
        List.of(
            POD + ", \"kind\": \"Pod\", \"apiVersion\": \"v1\"",
            "\"kind\": \"Pod\"," + POD + ", \"apiVersion\": \"v1\"");

    assertThat(objects)
        .allSatisfy(
            object ->
                assertThat(read(ours, object).getObject())
                    .isEqualTo(
                        read(clients, "\"kind\": \"Pod\", \"apiVersion\": \"v1\"," + POD)
                            .getObject()));
  }

  @Test
  void otherKindsAreTheClients() {
    assertThat(
            read(ours, "\"kind\": \"Status\", \"apiVersion\": \"v1\", \"code\": 410").getObject())
        .isInstanceOfSatisfying(
            Status.class, status -> assertThat(status.getCode()).isEqualTo(410));
    assertThat(
            read(ours, "\"kind\": \"ConfigMap\", \"apiVersion\": \"v1\", \"data\": {\"a\": \"b\"}")
                .getObject())
        .isInstanceOfSatisfying(
            ConfigMap.class, map -> assertThat(map.getData()).containsEntry("a", "b"));
    assertThat(
            read(ours, "\"kind\": \"Lamp\", \"apiVersion\": \"acme.io/v1\", \"lit\": true")
                .getObject())
        .isInstanceOf(GenericKubernetesResource.class);
  }

  @Test
  void anObjectWithNothingButItsKindIsOne() {
    assertThat(read(ours, "\"kind\": \"Pod\", \"apiVersion\": \"v1\"").getObject())
        .isInstanceOf(Pod.class);
  }

  @Test
  void anObjectThatIsNoneIsRefused() {
    assertThatThrownBy(
        () -> ours.unmarshal("{\"type\":\"ADDED\",\"object\":[1]}", WatchEvent.class));
    assertThatThrownBy(
        () ->
            read(
                ours,
                "\"kind\": \"Pod\", \"apiVersion\": \"v1\", \"metadata\": [{\"name\": \"a\"}]"));
  }
}
