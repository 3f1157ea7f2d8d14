package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkapp.driver.StageNode.State;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StageGraphTest {

  private static final int NO_SHUFFLE = -1;
  private static final long NOON = 1_795_348_800_000L;

  private final StageGraph graph = new StageGraph();

  @Test
  void aJoinHasBothItsSidesAsParents() {
    graph.jobStarted(0, List.of(stage(2, NO_SHUFFLE, 0, 1), stage(0, 7), stage(1, 8)));
    run(stage(0, 7));
    submit(stage(1, 8));

    assertThat(shown()).containsExactly("0 Done []", "1 Active []", "2 Waiting [0, 1]").hasSize(3);
  }

  @Test
  void aStageThatAnEarlierJobHasWrittenStandsForTheOneThatSparkSkips() {
    graph.jobStarted(0, List.of(stage(0, 7)));
    run(stage(0, 7));
    graph.jobEnded(0, true);
    graph.jobStarted(1, List.of(stage(1, 8)));
    run(stage(1, 8));
    graph.jobEnded(1, true);

    graph.jobStarted(2, List.of(stage(2, 7), stage(3, 8), stage(4, NO_SHUFFLE, 2, 3)));
    run(stage(4, NO_SHUFFLE, 2, 3));
    graph.jobEnded(2, true);

    assertThat(shown()).containsExactly("0 Done []", "1 Done []", "4 Done [0, 1]");
  }

  @Test
  void whatIsBeforeAStageThatIsSkippedIsNotShown() {
    graph.jobStarted(0, List.of(stage(0, 7)));
    run(stage(0, 7));
    graph.jobEnded(0, true);

    graph.jobStarted(1, List.of(stage(1, 99), stage(2, 7, 1), stage(3, NO_SHUFFLE, 2)));

    assertThat(shown()).containsExactly("0 Done []", "3 Waiting [0]");
  }

  @Test
  void whatWasLostAndIsWrittenAgainIsAStageOfItsOwn() {
    graph.jobStarted(0, List.of(stage(0, 7)));
    run(stage(0, 7));
    graph.jobEnded(0, true);
    graph.jobStarted(1, List.of(stage(1, 7), stage(2, NO_SHUFFLE, 1)));

    run(stage(1, 7));
    submit(stage(2, NO_SHUFFLE, 1));

    assertThat(shown()).containsExactly("0 Done []", "1 Done []", "2 Active [1]");
  }

  @Test
  void whatHasNotRunWhenALaterStageBeginsIsSkipped() {
    graph.jobStarted(0, List.of(stage(0, 7), stage(1, 8, 0), stage(2, NO_SHUFFLE, 1)));

    submit(stage(2, NO_SHUFFLE, 1));

    assertThat(shown()).containsExactly("0 Skipped []", "1 Skipped [0]", "2 Active [1]");
  }

  @Test
  void aStageThatFailedAndIsTriedAgainRuns() {
    graph.jobStarted(0, List.of(stage(0, 7), stage(1, NO_SHUFFLE, 0)));
    run(stage(0, 7));
    graph.stageCompleted(observed(1, 0, NO_SHUFFLE, true, true, 0));
    assertThat(shown()).contains("1 Failed [0]");

    graph.stageSubmitted(observed(0, 1, 7, false, false));

    assertThat(shown()).containsExactly("0 Active []", "1 Failed [0]");
  }

  @Test
  void theStagesOfAJobThatFailedAreNotLeftRunning() {
    graph.jobStarted(0, List.of(stage(0, 7), stage(1, NO_SHUFFLE, 0)));
    submit(stage(0, 7));

    graph.jobEnded(0, false);

    assertThat(shown()).containsExactly("0 Failed []", "1 Skipped [0]");
    assertThat(graph.runningJobs()).isEmpty();
  }

  @Test
  void whatIsHeardOfAStageWhoseJobIsForgottenIsForgottenToo() {
    run(stage(0, 7));

    assertThat(shown()).isEmpty();
  }

  @Test
  void runningJobsComeFirstOfTheseWhatRunsAndThenTheNewest() {
    for (int job = 0; job < 50; job++) {
      graph.jobStarted(job, List.of(stage(job, NO_SHUFFLE)));
      run(stage(job, NO_SHUFFLE));
      graph.jobEnded(job, true);
    }
    graph.jobStarted(50, IntStream.range(50, 150).mapToObj(id -> stage(id, NO_SHUFFLE)).toList());
    submit(stage(50, NO_SHUFFLE));

    assertThat(ids()).hasSize(StageGraph.SHOWN).startsWith(50, 91, 92).endsWith(149);
    graph.jobEnded(50, true);
    graph.jobStarted(51, List.of(stage(150, NO_SHUFFLE)));
    assertThat(ids()).hasSize(StageGraph.SHOWN).endsWith(148, 149, 150);
  }

  @Test
  void aHundredThousandStagesNeedNoMoreRoomThanSixty() {
    for (int job = 0; job < 100_000; job++) {
      graph.jobStarted(job, List.of(stage(job, job)));
      run(stage(job, job));
      graph.jobEnded(job, true);
    }

    assertThat(ids()).hasSize(StageGraph.SHOWN).endsWith(99_998, 99_999);
    assertThat(graph.held()).isLessThan(4 * StageGraph.SHOWN);
  }

  @Test
  void oneJobOfAHundredThousandStagesNeedsNoMoreRoomThanAThousand() {
    graph.jobStarted(
        0, IntStream.range(0, 100_000).mapToObj(id -> stage(id, id, parents(id))).toList());
    assertThat(graph.held()).isLessThan(2 * StageGraph.KNOWN);

    submit(stage(0, 0));

    assertThat(ids()).startsWith(0, 99_941).hasSize(StageGraph.SHOWN);
    assertThat(nodes().get(0).job()).as("though it was forgotten meanwhile").isZero();
  }

  private static int[] parents(int id) {
    return id == 0 ? new int[0] : new int[] {id - 1};
  }

  @Test
  void hasTheShapeThatTheExecutorRequestHas() throws JsonProcessingException {
    graph.jobStarted(3, List.of(stage(4, 7), stage(5, NO_SHUFFLE, 4)));
    run(stage(4, 7));

    assertThat(new ObjectMapper().writeValueAsString(graph.shown(stage -> 2)))
        .isEqualTo(
            "[{\"stage\":4,\"attempt\":0,\"job\":3,\"name\":\"stage 4\",\"parents\":[],"
                + "\"state\":\"Done\",\"tasks\":10,\"failed\":2,"
                + "\"submitted\":\"2026-11-22T12:00:00Z\",\"completed\":\"2026-11-22T12:00:00.250Z\"},"
                + "{\"stage\":5,\"job\":3,\"name\":\"stage 5\",\"parents\":[4],"
                + "\"state\":\"Waiting\",\"tasks\":10,\"failed\":0}]");
  }

  @Test
  void aLongNameIsCut() {
    assertThat(StageNode.cut("x".repeat(500))).hasSize(80);
  }

  @Test
  void itIsToldWhenItHasChangedAndOnceInThreeSeconds() {
    GraphNews news = new GraphNews(graph, stage -> OptionalInt.empty());
    assertThat(news.at(second(0), false)).isNull();
    graph.jobStarted(0, List.of(stage(0, 7), stage(1, NO_SHUFFLE, 0)));
    List<StageNode> first = news.at(second(1), false);
    assertThat(first).hasSize(2);

    submit(stage(0, 7));
    assertThat(news.at(second(2), false)).isSameAs(first);
    assertThat(news.at(second(3), false)).isSameAs(first);
    List<StageNode> second = news.at(second(4), false);
    assertThat(second.get(0).state()).isEqualTo(State.Active);
    assertThat(news.at(second(60), false)).isSameAs(second);

    run(stage(0, 7));
    assertThat(news.at(second(61), true).get(0).state()).isEqualTo(State.Done);
  }

  @Test
  void failedAttemptsAreCountedOnceSparkKnowsThem() {
    OptionalInt[] known = {OptionalInt.empty()};
    int[] asked = {0};
    GraphNews news =
        new GraphNews(
            graph,
            stage -> {
              asked[0]++;
              return known[0];
            });
    graph.jobStarted(0, List.of(stage(0, 7)));
    run(stage(0, 7));
    assertThat(news.at(second(0), false).get(0).failed()).isZero();

    known[0] = OptionalInt.of(3);
    graph.jobEnded(0, true);
    assertThat(news.at(second(9), false).get(0).failed()).isEqualTo(3);
    news.at(second(19), true);

    assertThat(asked[0]).isEqualTo(2);
  }

  private static long second(int second) {
    return Duration.ofSeconds(second).toNanos() + Long.MAX_VALUE - 10_000_000_000L;
  }

  private List<StageNode> nodes() {
    return graph.shown(stage -> 0);
  }

  private List<Integer> ids() {
    return nodes().stream().map(StageNode::stage).toList();
  }

  private List<String> shown() {
    return nodes().stream()
        .map(node -> node.stage() + " " + node.state() + " " + node.parents())
        .toList();
  }

  private void run(ObservedStage stage) {
    submit(stage);
    graph.stageCompleted(observed(stage, true, true));
  }

  private void submit(ObservedStage stage) {
    graph.stageSubmitted(observed(stage, true, false));
  }

  private static ObservedStage stage(int id, int shuffle, int... parents) {
    return observed(id, 0, shuffle, false, false, parents);
  }

  private static ObservedStage observed(ObservedStage of, boolean submitted, boolean completed) {
    return new ObservedStage(
        of.id(),
        of.attempt(),
        of.name(),
        of.tasks(),
        of.parents(),
        of.shuffle(),
        submitted ? OptionalLong.of(NOON) : OptionalLong.empty(),
        completed ? OptionalLong.of(NOON + 250) : OptionalLong.empty(),
        false);
  }

  private static ObservedStage observed(
      int id, int attempt, int shuffle, boolean submitted, boolean failed, int... parents) {
    return new ObservedStage(
        id,
        attempt,
        "stage " + id,
        10,
        IntStream.of(parents).boxed().toList(),
        shuffle == NO_SHUFFLE ? OptionalInt.empty() : OptionalInt.of(shuffle),
        submitted ? OptionalLong.of(NOON) : OptionalLong.empty(),
        failed ? OptionalLong.of(NOON + 250) : OptionalLong.empty(),
        failed);
  }
}
