package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorConfigTest {

  @Test
  void servesAllNamespacesAloneWhenNothingIsSet() {
    OperatorConfig config = OperatorConfig.from(Map.of());

    assertThat(config.jobNamespaces()).isEmpty();
    assertThat(config.lease()).isEmpty();
    assertThat(config.driverClusterRole()).isEqualTo("sparkapp-driver");
    assertThat(config.pods().imagePullPolicy()).isEqualTo("IfNotPresent");
  }

  @Test
  void readsListsAndDurations() {
    OperatorConfig config =
        OperatorConfig.from(
            Map.of(
                "SPARKAPP_JOB_NAMESPACES", "etl, ml,",
                "SPARKAPP_LEADER_ELECTION", "true",
                "SPARKAPP_LEASE_NAMESPACE", "sparkapp-system",
                "SPARKAPP_IDENTITY", "operator-1",
                "SPARKAPP_LEASE_DURATION", "PT20S"));

    assertThat(config.jobNamespaces()).containsExactlyInAnyOrder("etl", "ml");
    assertThat(config.lease())
        .hasValueSatisfying(
            lease -> assertThat(lease.duration()).isEqualTo(Duration.ofSeconds(20)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SPARKAPP_PARALLEL_CALLS|many|is not a number from 1 to 1000.",
        "SPARKAPP_PARALLEL_CALLS|0|is not a number from 1 to 1000.",
        "SPARKAPP_MANAGE_DRIVER_ACCESS|yes|is neither true nor false.",
        "SPARKAPP_IMAGE_PULL_POLICY|Sometimes|is none of Always, IfNotPresent and Never.",
      })
  void namesTheVariableThatItCanNotUnderstand(String name, String value, String problem) {
    assertThatThrownBy(() -> OperatorConfig.from(Map.of(name, value)))
        .hasMessage(name + "=" + value + " " + problem);
  }

  @Test
  void refusesALeaseThatTwoOperatorsCouldHoldAtOnce() {
    assertThatThrownBy(
            () ->
                OperatorConfig.from(
                    Map.of(
                        "SPARKAPP_LEADER_ELECTION", "true",
                        "SPARKAPP_LEASE_NAMESPACE", "a",
                        "SPARKAPP_IDENTITY", "b",
                        "SPARKAPP_LEASE_DURATION", "PT5S")))
        .hasMessageContaining("SPARKAPP_LEASE_RENEW_DEADLINE");
  }

  @Test
  void leaderElectionNeedsToKnowWhoThisIs() {
    assertThatThrownBy(() -> OperatorConfig.from(Map.of("SPARKAPP_LEADER_ELECTION", "true")))
        .hasMessage("SPARKAPP_LEASE_NAMESPACE is not set: leader election needs it.");
  }
}
