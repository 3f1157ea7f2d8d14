package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.StageNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DagScreenTest {

  private static final String APP =
      """
      metadata: {name: flights, namespace: jobs}
      spec: {main: {jar: "local:///a.jar", class: A}}
      status:
        phase: %s
        attempt: 2
        applicationId: flights-2
        progress:
          stages: {done: 1, total: 2}
          tasks: {done: 9, total: 20, active: 1, failed: 0}
          graph: %s
        usage:
          executor: {sentence: "An executor used at most 1310Mi of 4096Mi heap."}
      """;
  private static final String REQUEST =
      """
      metadata: {name: flights-2, namespace: jobs}
      spec:
        progress:
          stages: {done: 1, total: 2}
          tasks: {done: 9, total: 20, active: 1, failed: 0}
          active: [{stage: 1, attempt: 0, name: "reduce \\"it\\"", done: 1, active: 1, total: 12}]
          graph:
          - {stage: 0, attempt: 0, job: 0, name: map, parents: [], state: Done, tasks: 8, failed: 0}
          - {stage: 1, attempt: 0, job: 0, name: 'reduce "it"', parents: [0], state: Active, tasks: 12, failed: 0}
      """;

  @Test
  void theRequestHasTheGraphOfAnApplicationThatRuns() {
    assertThat(lines(screen(app("Running", "[]"), true)))
        .containsExactly(
            "flights: Running, attempt 2, 1 of 2 stages, 9 of 20 tasks",
            "● 0 map                                                                    8/8",
            "▶ 1 reduce \"it\"                                              █▒░░░░░░░░░░ 1/12");
  }

  @Test
  void itsStatusHasTheGraphOfOneThatHasEnded() {
    SparkApp ended =
        app("Succeeded", "[{stage: 7, job: 3, name: collect, parents: [], state: Done, tasks: 1}]");

    assertThat(screen(ended, true).graph()).extracting(StageNode::stage).containsExactly(7);
    assertThat(screen(ended, false).graph()).hasSize(1);
  }

  @Test
  void ofManyStagesOnlyTheLatestAreKnown() {
    SparkApp ended =
        app("Succeeded", "[{stage: 7, job: 3, name: collect, parents: [], state: Done, tasks: 1}]");

    assertThat(lines(screen(ended, false)))
        .last()
        .isEqualTo("These are the latest 1 stages; Spark's own pages have all.");
  }

  @Test
  void beforeTheFirstStageItSaysSo() {
    SparkApp fresh = Serialization.unmarshal("metadata: {name: new}\nspec: {}\n", SparkApp.class);

    assertThat(lines(new DagScreen(fresh, Optional.empty())))
        .containsExactly(
            "new: not seen by the operator yet", "Its driver has told of no stage yet.");
    assertThat(lines(screen(app("Failed", "[]"), false)).get(1))
        .isEqualTo("Its driver has told of no stage.");
  }

  @Test
  void graphvizGetsItWithItsQuotesEscaped() {
    assertThat(screen(app("Running", "[]"), true).dot())
        .isEqualTo(
            """
            digraph stages {
              node [shape=box]
              0 [label="0 map\\nDone, 8 tasks"]
              1 [label="1 reduce \\"it\\"\\nActive, 12 tasks"]
              0 -> 1
            }""");
  }

  @Test
  void whatWouldHaveDoneIsOnTheStatusScreen() {
    StatusView view =
        new StatusView(app("Succeeded", "[]"), Optional.empty(), List.of(), Instant.now(), "");

    assertThat(StatusScreen.lines(view, Style.PLAIN, 80))
        .contains("Usage:       An executor used at most 1310Mi of 4096Mi heap.");
  }

  private static List<String> lines(DagScreen screen) {
    return screen.lines(Clock.systemUTC(), 80, new StagePen(true, false));
  }

  private static DagScreen screen(SparkApp app, boolean withRequest) {
    return new DagScreen(
        app,
        withRequest
            ? Optional.of(Serialization.unmarshal(REQUEST, ExecutorRequest.class))
            : Optional.empty());
  }

  private static SparkApp app(String phase, String graph) {
    return Serialization.unmarshal(APP.formatted(phase, graph), SparkApp.class);
  }
}
