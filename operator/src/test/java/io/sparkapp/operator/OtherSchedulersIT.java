package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an API server makes of marks for other schedulers, with no such scheduler behind it. */
class OtherSchedulersIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String VOLCANO = "  batchScheduler: {kind: Volcano, queue: etl}\n";

  private static final String POD_GROUPS =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: podgroups.scheduling.volcano.sh}
      spec:
        group: scheduling.volcano.sh
        scope: Namespaced
        names: {kind: PodGroup, listKind: PodGroupList, plural: podgroups, singular: podgroup}
        versions:
        - name: v1beta1
          served: true
          storage: true
          schema:
            openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
      """;

  private static final String RIGHT =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: sparkapp-volcano}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: sparkapp-volcano}
      subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: sparkapp-operator}]
      """;

  @RegisterExtension static final OperatorOnApiServer CLUSTER = new OperatorOnApiServer();

  private JobNamespace jobs;

  @BeforeEach
  void takeTheNamespace() {
    jobs = CLUSTER.jobs();
  }

  @Test
  void whatCanNotBeMeantIsRefusedWhenItIsApplied() {
    Map.of(
            "{kind: Kueue}", "spec.batchScheduler.queue names the LocalQueue",
            "{kind: YuniKorn, queue: \"root sandbox\"}",
                "spec.batchScheduler.queue becomes a label",
            "{kind: Slurm}", "spec.batchScheduler.kind",
            "{queue: root.sandbox}", "spec.batchScheduler.kind")
        .forEach(
            (value, sentence) ->
                assertThatThrownBy(
                        () ->
                            jobs.createStrictly(
                                JobNamespace.MAIN + "  batchScheduler: " + value + "\n"))
                    .as(value)
                    .hasMessageContaining(sentence));
  }

  @Test
  void podsAreTakenWithAllTheirMarks() {
    jobs.createWith(
        "korn",
        "  executor: {instances: 2}\n  batchScheduler: {kind: YuniKorn, queue: root.sandbox}\n");
    jobs.createWith(
        "kue", "  executor: {instances: 1}\n  batchScheduler: {kind: Kueue, queue: users}\n");

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(jobs.names("korn")).hasSize(3);
              assertThat(jobs.names("kue")).hasSize(2);
            });
    assertThat(jobs.pods("korn"))
        .allSatisfy(
            pod -> {
              assertThat(pod.getSpec().getSchedulerName()).isEqualTo("yunikorn");
              assertThat(pod.getMetadata().getAnnotations())
                  .containsKey("yunikorn.apache.org/task-groups");
            });
    assertThat(jobs.pods("kue"))
        .allSatisfy(
            pod ->
                assertThat(pod.getMetadata().getLabels())
                    .containsEntry("kueue.x-k8s.io/queue-name", "users")
                    .containsKey("kueue.x-k8s.io/pod-group-name"));
  }

  /** One after the other, for what a cluster knows is the same for all tests. */
  @Test
  void aPodGroupBelongsToTheRequestAndNeedsVolcanoAndTheRightToMakeIt() {
    jobs.createWith("unknown", VOLCANO);
    awaitFailure("unknown", "This cluster knows no PodGroup", "The operator may not make");

    CLUSTER.admin().resource(object(POD_GROUPS)).create();
    await().atMost(SOON).ignoreExceptions().until(() -> groups() != null);
    jobs.createWith("forbidden", VOLCANO);
    awaitFailure("forbidden", "batchSchedulers.volcano=true");

    CLUSTER.admin().resource(object(RIGHT)).create();
    CLUSTER.awaitRight("sparkapp-operator", "create", "scheduling.volcano.sh", "podgroups");
    jobs.createWith("allowed", VOLCANO);
    await().atMost(SOON).until(() -> jobs.names("allowed").size() == 3);
    assertThat(groups())
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.getMetadata().getOwnerReferences())
                  .extracting(OwnerReference::getUid)
                  .containsExactly(jobs.request("allowed-1").getMetadata().getUid());
              assertThat(group.<Integer>get("spec", "minMember")).isEqualTo(3);
            });
    assertThat(jobs.pods("allowed"))
        .allSatisfy(
            pod ->
                assertThat(pod.getMetadata().getAnnotations())
                    .containsEntry(
                        "scheduling.k8s.io/group-name", groups().get(0).getMetadata().getName()));
  }

  private void awaitFailure(String app, String... anyOf) {
    await().atMost(SOON).until(() -> jobs.status(app).phase() == Phase.Failed);
    assertThat(jobs.status(app).message()).containsAnyOf(anyOf);
    assertThat(jobs.names(app)).isEmpty();
  }

  private List<GenericKubernetesResource> groups() {
    return CLUSTER
        .admin()
        .genericKubernetesResources("scheduling.volcano.sh/v1beta1", "PodGroup")
        .inNamespace(jobs.namespace())
        .list()
        .getItems();
  }

  private static GenericKubernetesResource object(String yaml) {
    return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
  }
}
