package io.sparkapp.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

class PodStartTest {
  @Test
  void onlyAPodOfWhichNothingRanIsStarted() {
    assertThat(PodStart.of(inPhase("Pending"), false)).isEqualTo(PodStart.NEW);
    assertThat(PodStart.of(inPhase(null), false)).isEqualTo(PodStart.NEW);
    assertThat(PodStart.of(inPhase("Pending"), true)).isEqualTo(PodStart.INTERRUPTED);
    assertThat(PodStart.of(inPhase("Running"), false)).isEqualTo(PodStart.INTERRUPTED);
    assertThat(PodStart.of(inPhase("Succeeded"), true)).isEqualTo(PodStart.ENDED);
    assertThat(PodStart.of(inPhase("Failed"), true)).isEqualTo(PodStart.ENDED);
    Pod deleted = inPhase("Pending");
    deleted.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    assertThat(PodStart.of(deleted, false)).isEqualTo(PodStart.DELETED);
  }

  @Test
  void aPodThatWantsRestartsIsRefusedInAPlainSentence() {
    assertThat(PodStart.refusal(withRestartPolicy("Never"))).isEmpty();
    assertThat(PodStart.refusal(withRestartPolicy("Always")))
        .hasValueSatisfying(
            refusal ->
                assertThat(refusal.message())
                    .isEqualTo(
                        "this node runs each container once: restartPolicy is Always, set it to Never"));
  }

  private static Pod inPhase(String phase) {
    return new PodBuilder()
        .withNewMetadata()
        .endMetadata()
        .withNewStatus()
        .withPhase(phase)
        .endStatus()
        .build();
  }

  private static Pod withRestartPolicy(String policy) {
    return new PodBuilder().withNewSpec().withRestartPolicy(policy).endSpec().build();
  }
}
