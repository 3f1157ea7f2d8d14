package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.operator.applicationmaster.Plan.Urgency;
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
                .urgency(status(LAST)))
        .isEqualTo(Urgency.Medium);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"False\", reason: Waiting -> \"True\", reason: Ready",
        "0 of 2 -> 1 of 2",
        "attempt: 1 -> progress: {percent: 10}\nattempt: 1",
        "pod: flights-1-driver -> pod: flights-1-driver, address: 10.0.0.9",
      })
  void whatOnlyTellsMoreOfTheSameMayWaitLonger(String change) {
    assertThat(plan(changed(change)).urgency(status(LAST))).isEqualTo(Urgency.Low);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "phase: Running -> phase: Succeeded",
        "attempt: 1 -> attempt: 2",
        "pod: flights-1-driver -> pod: flights-1-driver, connect: 'sc://10.0.0.9:15002'",
        "status: \"True\" -> status: \"False\"",
        "reason: Running -> reason: Lost",
        "attempt: 1 -> place: 1",
      })
  void whatDecisionsAreMadeFromIsWrittenAtOnce(String change) {
    assertThat(plan(changed(change)).urgency(status(LAST))).isEqualTo(Urgency.AtOnce);
  }

  @Test
  void whereSomethingWasDoneTheStatusSaysSoAtOnce() {
    SparkAppStatus after = status(LAST.replace("running: 0", "running: 1"));
    Action action = new Action.Announce(EventReason.Started, "Started.");

    assertThat(new Plan(List.of(action), after, List.of(), Optional.empty()).urgency(status(LAST)))
        .isEqualTo(Urgency.AtOnce);
    assertThat(new Plan(List.of(), after, List.of(action), Optional.empty()).urgency(status(LAST)))
        .isEqualTo(Urgency.AtOnce);
  }

  @Test
  void nothingNewNeedNotBeWaitedFor() {
    assertThat(plan(LAST).urgency(status(LAST))).isEqualTo(Urgency.AtOnce);
  }

  @Test
  void itIsLookedAtAgainAtTheEarlierOfTwoTimes() {
    Duration soon = Duration.ofMillis(300);
    Plan plan = plan(LAST);

    assertThat(plan.lookAgainWithin(soon).lookAgain()).contains(soon);
    assertThat(plan.lookAgainWithin(soon).lookAgainWithin(Duration.ofSeconds(5)).lookAgain())
        .contains(soon);
  }

  /**
   * @param change what is there, and what is there instead
   */
  private static String changed(String change) {
    String[] fromTo = change.split(" -> ");
    assertThat(LAST).contains(fromTo[0]);
    return LAST.replace(fromTo[0], fromTo[1]);
  }

  private static Plan plan(String status) {
    return new Plan(List.of(), status(status), List.of(), Optional.empty());
  }

  private static SparkAppStatus status(String yaml) {
    return Serialization.unmarshal(yaml, SparkAppStatus.class);
  }
}
