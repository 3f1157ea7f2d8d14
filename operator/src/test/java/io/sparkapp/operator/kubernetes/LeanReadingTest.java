package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class LeanReadingTest {

  private final KubernetesSerialization serialization = LeanReading.serialization();

  private static final String POD =
      """
      {"apiVersion": "v1", "kind": "Pod",
       "metadata": {"name": "flights-1-exec-1", "labels": {"a": "b"},
         "managedFields": [{"manager": "sparkapp-operator", "fieldsV1": {"f:metadata": {}}}]},
       "spec": {"nodeName": "node-1", "volumes": [{"name": "conf"}],
         "containers": [{"name": "executor", "image": "acme", "args": ["-Xmx1g"],
           "env": [{"name": "A", "value": "b"}], "volumeMounts": [{"name": "conf"}]}]}}
      """;

  @Test
  void whatNoDecisionLooksAtIsNotRead() {
    Pod pod = serialization.unmarshal("---\n" + POD, Pod.class);

    assertThat(pod.getMetadata().getLabels()).containsEntry("a", "b");
    assertThat(pod.getMetadata().getManagedFields().get(0).getFieldsV1()).isNull();
    assertThat(pod.getMetadata().getManagedFields().get(0).getManager())
        .isEqualTo("sparkapp-operator");
    assertThat(pod.getMetadata().getAdditionalProperties()).isEmpty();
    assertThat(pod.getSpec().getNodeName()).isEqualTo("node-1");
    assertThat(pod.getSpec().getVolumes()).isEmpty();
    assertThat(pod.getSpec().getContainers().get(0).getImage()).isEqualTo("acme");
    assertThat(pod.getSpec().getContainers().get(0).getEnv()).isEmpty();
    assertThat(pod.getSpec().getContainers().get(0).getArgs()).isEmpty();
  }

  @Test
  void aPodIsWrittenWhole() {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("flights-1-exec-1")
            .endMetadata()
            .withNewSpec()
            .addNewVolume()
            .withName("conf")
            .endVolume()
            .addNewContainer()
            .withName("executor")
            .withCommand("java")
            .withArgs("-Xmx1g")
            .addNewEnv()
            .withName("A")
            .withValue("b")
            .endEnv()
            .addNewVolumeMount()
            .withName("conf")
            .endVolumeMount()
            .endContainer()
            .endSpec()
            .build();

    assertThat(serialization.asJson(pod))
        .contains("\"volumes\":[{\"name\":\"conf\"}]")
        .contains("\"command\":[\"java\"]")
        .contains("\"args\":[\"-Xmx1g\"]")
        .contains("\"env\":[{\"name\":\"A\",\"value\":\"b\"}]")
        .contains("\"volumeMounts\":[{\"name\":\"conf\"}]");
  }
}
