package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnservedNamespaceTest {

  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private final UnservedNamespace unserved = new UnservedNamespace(Set.of("etl"));

  @Test
  void anEmptyListServesAll() {
    assertThat(new UnservedNamespace(Set.of()).serves("jobs")).isTrue();
    assertThat(unserved.serves("etl")).isTrue();
    assertThat(unserved.serves("jobs")).isFalse();
  }

  @Test
  void anApplicationIsTold() {
    SparkAppStatus status = plan(null, 21).status();

    assertThat(status.phase()).isEqualTo(Phase.Waiting);
    assertThat(status.message())
        .startsWith("The operator does not serve namespace jobs:")
        .contains("jobNamespaces");
    assertThat(status.conditions())
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.getType()).isEqualTo("Admitted");
              assertThat(condition.getStatus()).isEqualTo("False");
              assertThat(condition.getReason()).isEqualTo("NamespaceNotServed");
            });
  }

  @Test
  void anotherOperatorHasItsTurnFirst() {
    Plan plan = plan(null, 5);

    assertThat(plan.status()).isEqualTo(SparkAppStatus.NONE);
    assertThat(plan.lookAgain()).contains(Duration.ofMillis(15_001));
  }

  @Test
  void whatAnotherOperatorSaysStands() {
    SparkAppStatus others = new FakeCluster(Apps.withExecutors(1)).reconcile().status();

    assertThat(plan(others, 60).status()).isEqualTo(others);
  }

  @Test
  void nothingIsCreated() {
    Plan plan = plan(null, 21);

    assertThat(plan.before()).isEmpty();
    assertThat(plan.after()).isEmpty();
  }

  private Plan plan(SparkAppStatus status, int seconds) {
    SparkApp app = Apps.withExecutors(1);
    app.getMetadata().setCreationTimestamp(CREATED.toString());
    app.setStatus(status);
    return unserved.plan(
        new Observed(
            app, Optional.empty(), Optional.empty(), List.of(), CREATED.plusSeconds(seconds)));
  }
}
