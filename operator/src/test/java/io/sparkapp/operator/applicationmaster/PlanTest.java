package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

  private static final String LAST =
      """
      ---
      phase: Running
      message: The driver runs and waits for executor 1.
      attempt: 1
      driver: {pod: flights-1-driver}
      executors: {asked: 2, granted: 2, running: 0, failed: 0, summary: 0/2}
      conditions:
      - {type: DriverRunning, status: "True", reason: Running, message: The driver runs.}
      - {type: ExecutorsReady, status: "False", reason: Waiting, message: 0 of 2}
      """;

  @Test
  void aStatusThatOnlyCountsFurtherMayWait() {
    assertThat(
            plan(LAST.replace("running: 0", "running: 1").replace("executor 1", "executor 2"))
                .mayWait(status(LAST)))
        .isTrue();
    assertThat(
            plan(LAST.replace("\"False\", reason: Waiting", "\"True\", reason: Ready"))
                .mayWait(status(LAST)))
        .isTrue();
    assertThat(plan(LAST.replace("0 of 2", "1 of 2")).mayWait(status(LAST))).isTrue();
    assertThat(plan(LAST + "progress: {percent: 10}\n").mayWait(status(LAST))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "phase: Running -> phase: Succeeded",
        "attempt: 1 -> attempt: 2",
        "pod: flights-1-driver -> pod: flights-1-driver, address: 10.0.0.9",
        "status: \"True\" -> status: \"False\"",
        "reason: Running -> reason: Lost",
        "attempt: 1 -> place: 1",
      })
  void whatDecisionsAreMadeFromIsWrittenAtOnce(String change) {
    String[] fromTo = change.split(" -> ");
    assertThat(LAST).contains(fromTo[0]);

    assertThat(plan(LAST.replace(fromTo[0], fromTo[1])).mayWait(status(LAST))).isFalse();
  }

  @Test
  void whereSomethingWasDoneTheStatusSaysSoAtOnce() {
    SparkAppStatus after = status(LAST.replace("running: 0", "running: 1"));
    Action action = new Action.Announce(EventReason.Started, "Started.");

    assertThat(new Plan(List.of(action), after, List.of(), Optional.empty()).mayWait(status(LAST)))
        .isFalse();
    assertThat(new Plan(List.of(), after, List.of(action), Optional.empty()).mayWait(status(LAST)))
        .isFalse();
  }

  @Test
  void nothingNewNeedNotBeWaitedFor() {
    assertThat(plan(LAST).mayWait(status(LAST))).isFalse();
  }

  @Test
  void itIsLookedAtAgainAtTheEarlierOfTwoTimes() {
    Duration soon = Duration.ofMillis(300);
    Plan plan = plan(LAST);

    assertThat(plan.lookAgainWithin(soon).lookAgain()).contains(soon);
    assertThat(plan.lookAgainWithin(soon).lookAgainWithin(Duration.ofSeconds(5)).lookAgain())
        .contains(soon);
  }

  private static Plan plan(String status) {
    return new Plan(List.of(), status(status), List.of(), Optional.empty());
  }

  private static SparkAppStatus status(String yaml) {
    return Serialization.unmarshal(yaml, SparkAppStatus.class);
  }
}
