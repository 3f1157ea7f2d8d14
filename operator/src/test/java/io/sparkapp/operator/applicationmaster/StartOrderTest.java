package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.operator.resourcemanager.UnlimitedResourceManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartOrderTest {

  /** Where room is short, executors that came first would keep their driver out. */
  @Test
  void theDriverIsCreatedBeforeItsExecutors() {
    ApplicationMaster master =
        new ApplicationMaster(
            new PodDefaults(
                "driver",
                "executor",
                "Never",
                List.of(),
                "account",
                "",
                "",
                Duration.ofMinutes(1)));
    Observed observed =
        new Observed(
            Apps.withExecutors(2),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Instant.parse("2026-01-01T00:00:00Z"));

    Plan plan = master.decide(observed, 0, new UnlimitedResourceManager(), (in, all) -> List.of());

    assertThat(plan.before())
        .filteredOn(Action.CreatePods.class::isInstance)
        .extracting(
            action ->
                ((Action.CreatePods) action)
                    .pods().stream().map(pod -> pod.getMetadata().getName()).toList())
        .containsExactly(
            List.of("flights-1-driver"), List.of("flights-1-exec-1", "flights-1-exec-2"));
  }
}
