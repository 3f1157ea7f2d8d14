package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.sparkapp.crds.SparkApp;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * That decisions come to the same is seen by all tests of lifecycles: FakeCluster keeps pods so.
 */
class CachedFormTest {

  private final CachedForm form = new CachedForm();

  private static Pod executor(int id) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("flights-1-exec-" + id)
        .withNamespace("jobs")
        .withUid("uid-" + id)
        .withResourceVersion("7")
        .withCreationTimestamp("2026-11-22T03:00:00Z")
        .addToLabels(Names.APP, "flights")
        .addToLabels(Names.ATTEMPT, "1")
        .addToLabels(Names.EXECUTOR_ID, Integer.toString(id))
        .addToLabels(Names.PROFILE, "0")
        .addToAnnotations(Names.DRIVER_ADDRESS, "10.0.0.1:7078")
        .addNewOwnerReference()
        .withKind("SparkApp")
        .withName("flights")
        .withUid("owner")
        .endOwnerReference()
        .addNewManagedField()
        .withManager("sparkapp-operator")
        .endManagedField()
        .endMetadata()
        .withNewSpec()
        .withNodeName("node-1")
        .addNewContainer()
        .withName(Names.EXECUTOR)
        .withImage("sparkapp/executor:0.1.0")
        .withCommand("java")
        .addNewEnv()
        .withName("SPARKAPP_EXECUTOR_ID")
        .withValue(Integer.toString(id))
        .endEnv()
        .withNewResources()
        .addToLimits("memory", new io.fabric8.kubernetes.api.model.Quantity("4Gi"))
        .addToRequests("cpu", new io.fabric8.kubernetes.api.model.Quantity("2"))
        .endResources()
        .endContainer()
        .addNewVolume()
        .withName("conf")
        .endVolume()
        .endSpec()
        .withNewStatus()
        .withPhase("Failed")
        .withPodIP("10.0.0." + id)
        .addNewCondition()
        .withType("DisruptionTarget")
        .withStatus("True")
        .withReason("EvictionByEvictionAPI")
        .withLastTransitionTime("2026-11-22T03:00:0" + id + "Z")
        .endCondition()
        .addNewContainerStatus()
        .withName(Names.EXECUTOR)
        .withImageID("sha256:abc")
        .withNewState()
        .withNewTerminated()
        .withExitCode(143)
        .withReason("Error")
        .withStartedAt("2026-11-22T03:00:01Z")
        .withFinishedAt("2026-11-22T03:00:09Z")
        .endTerminated()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  @Test
  void tellsOfAPodAllThatIsToldOfExecutors() {
    Instant now = Instant.parse("2026-11-22T03:01:00Z");

    assertThat(ExecutorReport.of(form.of(executor(3)), now))
        .isEqualTo(ExecutorReport.of(executor(3), now));
    assertThat(PodRequests.of(form.of(executor(3)))).isEqualTo(PodRequests.of(executor(3)));
    assertThat(form.of(executor(3)).getMetadata().getOwnerReferences())
        .isEqualTo(executor(3).getMetadata().getOwnerReferences());
  }

  @Test
  void keepsNeitherWhatAContainerRunsNorWhoWroteWhat() {
    Pod kept = form.of(executor(3));

    assertThat(kept.getSpec().getContainers().get(0).getCommand()).isEmpty();
    assertThat(kept.getSpec().getContainers().get(0).getEnv()).isEmpty();
    assertThat(kept.getSpec().getVolumes()).isEmpty();
    assertThat(kept.getMetadata().getManagedFields()).isEmpty();
  }

  @Test
  void isTheSameObjectSoThatNobodyWhoHoldsItKeepsItWhole() {
    Pod pod = executor(3);

    assertThat(form.of(pod)).isSameAs(pod);
    assertThat(pod.getSpec().getVolumes()).isEmpty();
  }

  @Test
  void keepsOnceWhatExecutorsHaveInCommon() {
    Pod one = form.of(executor(1));
    Pod other = form.of(executor(2));

    assertThat(one.getSpec()).isSameAs(other.getSpec());
    assertThat(one.getStatus().getConditions()).isSameAs(other.getStatus().getConditions());
    assertThat(one.getMetadata().getOwnerReferences())
        .isSameAs(other.getMetadata().getOwnerReferences());
    assertThat(one.getMetadata().getAnnotations()).isSameAs(other.getMetadata().getAnnotations());
    assertThat(one.getMetadata().getLabels()).isNotEqualTo(other.getMetadata().getLabels());
  }

  @Test
  void leavesAnApplicationWhatItsUserWrote() {
    SparkApp app = new SparkApp();
    app.getMetadata().setName("flights");
    app.getMetadata().setGeneration(3L);
    app.getMetadata()
        .setAnnotations(
            Map.of("kubectl.kubernetes.io/last-applied-configuration", "{}", "team", "flights"));

    SparkApp kept = form.of(app);

    assertThat(kept.getMetadata().getAnnotations()).isEqualTo(Map.of("team", "flights"));
    assertThat(kept.getMetadata().getGeneration()).isEqualTo(3L);
  }
}
