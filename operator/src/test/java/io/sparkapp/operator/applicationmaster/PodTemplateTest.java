package io.sparkapp.operator.applicationmaster;

import static io.sparkapp.operator.applicationmaster.CreatedPods.MAIN;
import static io.sparkapp.operator.applicationmaster.CreatedPods.created;
import static io.sparkapp.operator.applicationmaster.CreatedPods.env;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Toleration;
import io.sparkapp.crds.Phase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the templates of driver and executor change, and what they may not. */
class PodTemplateTest {

  @Test
  void aTemplateIsMergedOverThePodByNameAndCanNotTakeItFromUs() {
    Pod driver =
        created(
                MAIN
                    + """
                    driver:
                      template:
                        metadata: {labels: {team: data}}
                        spec:
                          tolerations: [{key: spot, operator: Exists}]
                          containers:
                          - name: driver
                            env: [{name: TZ, value: UTC}]
                          - name: sidecar
                            image: sidecar
                    """)
            .pod("flights-1-driver");

    assertThat(driver.getMetadata().getLabels())
        .containsEntry("team", "data")
        .containsEntry(Names.ROLE, Names.DRIVER);
    assertThat(driver.getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(driver.getSpec().getTolerations())
        .extracting(Toleration::getKey)
        .containsExactly("spot");
    assertThat(driver.getSpec().getContainers())
        .extracting(Container::getName)
        .containsExactly("driver", "sidecar");
    assertThat(env(driver.getSpec().getContainers().get(0), "TZ")).isEqualTo("UTC");
    assertThat(env(driver.getSpec().getContainers().get(0), "SPARKAPP_NAME")).isEqualTo("flights");
  }

  @Test
  void aVolumeOfATemplateTakesThePlaceOfOurs() {
    Pod executor =
        created(
                MAIN
                    + "executor: {template: {spec: {volumes: [{name: spark-local,"
                    + " hostPath: {path: /mnt/nvme}}]}}}\n")
            .pod("flights-1-exec-1");

    assertThat(executor.getSpec().getVolumes())
        .filteredOn(volume -> volume.getName().equals("spark-local"))
        .singleElement()
        .satisfies(
            volume -> {
              assertThat(volume.getHostPath().getPath()).isEqualTo("/mnt/nvme");
              assertThat(volume.getEmptyDir()).isNull();
            });
  }

  @Test
  void whatAPodTemplateRefersToHasToBeThereUnlessItIsOptional() {
    FakeCluster cluster =
        created(
            MAIN
                + """
                driver:
                  template:
                    spec:
                      containers:
                      - name: driver
                        envFrom: [{configMapRef: {name: a}}, {secretRef: {name: no, optional: true}}]
                        env: [{name: X, valueFrom: {secretKeyRef: {name: b, key: x}}}]
                      volumes:
                      - {name: c, secret: {secretName: c}}
                      - {name: d, projected: {sources: [{configMap: {name: d}}]}}
                executor:
                  template: {spec: {volumes: [{name: e, configMap: {name: e}}]}}
                """);

    assertThat(cluster.required())
        .extracting(Reference::sentence)
        .containsExactlyInAnyOrder(
            "ConfigMap a", "Secret b with key x", "Secret c", "ConfigMap d", "ConfigMap e");
    assertThat(created(MAIN).required()).isEmpty();
  }

  @Test
  void whatATemplateMayNotSayIsRefusedWithTheReason() {
    Map.ofEntries(
            Map.entry("{containers: []}", "may not have containers: a pod template has metadata"),
            Map.entry("{metadata: {name: mine}}", "may not have metadata.name: the operator names"),
            Map.entry("{metadata: {ownerReferences: []}}", "may not have metadata.ownerReferences"),
            Map.entry("{metadata: {namespace: x}}", "may not have metadata.namespace"),
            Map.entry(
                "{metadata: {labels: {sparkapp.io/app: x}}}",
                "may not have metadata.labels.sparkapp.io/app: the operator knows"),
            Map.entry(
                "{metadata: {annotations: {sparkapp.io/driver-address: x}}}",
                "may not have metadata.annotations.sparkapp.io/driver-address"),
            Map.entry("{spec: {restartPolicy: Always}}", "may not have spec.restartPolicy: what"),
            Map.entry("{spec: {containers: null}}", "may not have spec.containers: without"),
            Map.entry(
                "{spec: {containers: [{name: driver, command: [sh]}]}}",
                "may not have spec.containers[driver].command: the operator starts Spark itself"),
            Map.entry(
                "{spec: {containers: [{name: driver, args: [x]}]}}",
                "may not have spec.containers[driver].args"),
            Map.entry(
                "{spec: {containers: [{name: driver, resources: {limits: {memory: 1Gi}}}]}}",
                "may not have spec.containers[driver].resources.limits.memory: spec.driver.memory"),
            Map.entry(
                "{spec: {containers: [{name: driver, env: [{name: SPARKAPP_MAIN, value: x}]}]}}",
                "may not have spec.containers[driver].env[SPARKAPP_MAIN]"))
        .forEach(
            (template, sentence) -> {
              FakeCluster cluster = created(MAIN + "driver: {template: " + template + "}\n");
              assertThat(cluster.status().phase()).as(template).isEqualTo(Phase.Failed);
              assertThat(cluster.status().message())
                  .startsWith("spec.driver.template may not have ")
                  .contains(sentence)
                  .endsWith("; leave it out.");
              assertThat(cluster.podNames()).isEmpty();
            });
  }
}
