package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodReadingTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 13, 52, 128})
  void aContainerThatEndedOnItsOwnIsEnoughToKnow(int exitCode) {
    assertThat(reading("Running", exitCode).ended()).isTrue();
    assertThat(reading("Running", exitCode).running()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {137, 143})
  void whyAContainerWasKilledIsForThePodToSay(int exitCode) {
    assertThat(reading("Running", exitCode).ended()).isFalse();
    assertThat(reading("Failed", exitCode).ended()).isTrue();
  }

  @Test
  void aPodWithoutStatusHasNotEnded() {
    assertThat(new PodReading(new Pod(), "driver").ended()).isFalse();
  }

  private static PodReading reading(String phase, int exitCode) {
    return new PodReading(
        Serialization.unmarshal(
            """
            status:
              phase: %s
              containerStatuses:
              - name: driver
                state: {terminated: {exitCode: %d}}
            """
                .formatted(phase, exitCode),
            Pod.class),
        "driver");
  }
}
