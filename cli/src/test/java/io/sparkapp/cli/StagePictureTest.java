package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Progress;
import io.sparkapp.crds.Progress.ActiveStage;
import io.sparkapp.crds.StageNode;
import io.sparkapp.crds.StageState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StagePictureTest {

  private static final StagePen UNICODE = new StagePen(true, false);
  private static final StagePen ASCII = new StagePen(false, false);
  private static final Instant NOW = Instant.parse("2026-11-22T12:01:00Z");

  @Test
  void aLine() {
    assertThat(draw(done(0), done(1, 0), waiting(2, 1)))
        .isEqualTo(
            """
            ● 0 map at Job.java:0                                                 80/80 12s
            ● 1 map at Job.java:1                                                 80/80 12s
            ○ 2 stage 2                                                            0/80""");
  }

  @Test
  void aDiamond() {
    assertThat(draw(done(0), done(1, 0), done(2, 0), waiting(3, 1, 2)))
        .isEqualTo(
            """
            ●   0 map at Job.java:0                                               80/80 12s
            ├─╮
            │ ● 1 map at Job.java:1                                               80/80 12s
            ● │ 2 map at Job.java:2                                               80/80 12s
            ├─╯
            ○   3 stage 3                                                          0/80""");
  }

  @Test
  void aJoinOfThreeWithABarForTheOneThatRuns() {
    assertThat(draw(done(0), active(1), done(2), waiting(3, 0, 1, 2)))
        .isEqualTo(
            """
            ●     0 map at Job.java:0                                             80/80 12s
            │ ▶   1 map at Job.java:1                                ████▒▒░░░░░░ 30/80 60s
            │ │ ● 2 map at Job.java:2                                             80/80 12s
            ├─┴─╯
            ○     3 stage 3                                                        0/80""");
  }

  /** The README shows this one. */
  @Test
  void threeTablesThatAreJoined() {
    List<StageNode> flights =
        List.of(
            scan(0, "parquet at Flights.java:31", 200, "2026-11-22T12:00:12Z"),
            scan(1, "parquet at Flights.java:35", 200, "2026-11-22T12:00:09Z"),
            scan(2, "csv at Flights.java:40", 50, null),
            new StageNode(
                3,
                null,
                2,
                "collectAsList at Flights.java:44",
                List.of(0, 1, 2),
                StageState.Waiting,
                200,
                0,
                null,
                null));
    Progress progress =
        Statuses.progress(
            Map.of("active", List.of(new ActiveStage(2, 0, "csv", 30, 8, 50)), "graph", flights));

    assertThat(String.join("\n", new StagePicture(progress, NOW, 80, UNICODE).lines()))
        .isEqualTo(
            """
            ●     0 parquet at Flights.java:31                                  200/200 12s
            │ ●   1 parquet at Flights.java:35                                  200/200  9s
            │ │ ▶ 2 csv at Flights.java:40                         ███████▒▒░░░   30/50 60s
            ├─┴─╯
            ○     3 collectAsList at Flights.java:44                              0/200""");
  }

  private static StageNode scan(int id, String name, int tasks, String completed) {
    return new StageNode(
        id,
        0,
        id,
        name,
        List.of(),
        completed == null ? StageState.Active : StageState.Done,
        tasks,
        0,
        "2026-11-22T12:00:00Z",
        completed);
  }

  @Test
  void whatIsNotConnectedStandsApart() {
    assertThat(draw(done(0), done(1), done(2, 1)))
        .isEqualTo(
            """
            ● 0 map at Job.java:0                                                 80/80 12s

            ● 1 map at Job.java:1                                                 80/80 12s
            ● 2 map at Job.java:2                                                 80/80 12s""");
  }

  @Test
  void aRailThatOnlyPassesIsNotTouched() {
    assertThat(draw(done(0), done(1), done(2, 0), waiting(3, 0, 1, 2)))
        .isEqualTo(
            """
            ●     0 map at Job.java:0                                             80/80 12s
            │ ●   1 map at Job.java:1                                             80/80 12s
            ├─│─╮
            │ │ ● 2 map at Job.java:2                                             80/80 12s
            ├─┴─╯
            ○     3 stage 3                                                        0/80""");
  }

  @Test
  void withoutBoxDrawingCharacters() {
    assertThat(
            String.join(
                "\n",
                lines(80, ASCII, List.of(done(0), active(1, 0), failed(2, 0), waiting(3, 1, 2)))))
        .isEqualTo(
            """
            *   0 map at Job.java:0                                               80/80 12s
            +-+
            | > 1 map at Job.java:1                                 ====>>......  30/80 60s
            x | 2 map at Job.java:2                                              failed 12s
            +-+
            o   3 stage 3                                                          0/80""");
  }

  @Test
  void inColourOnATerminal() {
    List<String> lines =
        lines(80, new StagePen(true, true), List.of(done(0), skipped(1), active(2, 0, 1)));

    assertThat(lines.get(0)).startsWith("\u001b[32m●\u001b[0m   \u001b[32m0 map");
    assertThat(lines.get(1)).as("dimmed").contains("\u001b[2m◌\u001b[0m").contains(" skipped");
    assertThat(lines.get(3)).startsWith("\u001b[1;33m▶");
  }

  @Test
  void sixtyStagesHaveALineEachAndParentsStandAboveTheirChildren() {
    List<StageNode> sixty =
        IntStream.range(0, 60)
            .mapToObj(id -> id < 3 ? done(id) : done(id, id - 1 - id % 3, id - 3))
            .toList();

    List<String> lines = lines(80, UNICODE, sixty);

    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThan(80));
    List<Integer> order = ids(lines);
    assertThat(order).hasSize(60);
    sixty.forEach(
        stage ->
            stage
                .parents()
                .forEach(
                    parent ->
                        assertThat(order.indexOf(parent))
                            .isLessThan(order.indexOf(stage.stage()))));
  }

  @Test
  void whereRailsDoNotFitEachLineNamesItsParents() {
    List<StageNode> wide =
        new ArrayList<>(IntStream.range(0, 30).mapToObj(id -> done(id)).toList());
    wide.add(waiting(30, IntStream.range(0, 30).boxed().toArray(Integer[]::new)));
    wide.add(waiting(31, 30));

    List<String> lines = lines(80, UNICODE, wide);

    assertThat(lines).hasSize(32).allSatisfy(line -> assertThat(line.length()).isLessThan(80));
    assertThat(lines.get(0)).startsWith("●  0 map at Job.java:0 ");
    assertThat(lines.get(30)).startsWith(" ○ 30 ← 0,1,2,3,4,5…  stage 30 ");
    assertThat(lines.get(31)).startsWith("  ○ 31 ← 30  stage 31 ");
  }

  @Test
  void aParentThatIsTooOldToBeShownIsNamed() {
    assertThat(draw(done(7, 2, 3))).startsWith("● 7 ← 2,3  map at Job.java:7 ");
  }

  @Test
  void aStageIsOneLineWhateverItIsCalled() {
    StageNode odd =
        new StageNode(
            1,
            0,
            0,
            "select\n *\u001b[2J" + "x".repeat(99),
            null,
            StageState.Done,
            1,
            2,
            null,
            null);

    assertThat(lines(80, UNICODE, List.of(odd)))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .hasSizeLessThan(80)
                    .contains("select  * [2Jxx")
                    .contains("x… 1/1 (2 failed)"));
  }

  private static String draw(StageNode... stages) {
    return String.join("\n", lines(80, UNICODE, List.of(stages)));
  }

  private static List<String> lines(int columns, StagePen pen, List<StageNode> stages) {
    Progress progress =
        Statuses.progress(
            Map.of("active", List.of(new ActiveStage(1, 0, "stage", 30, 10, 80)), "graph", stages));
    return new StagePicture(progress, NOW, columns, pen).lines();
  }

  private static StageNode done(int id, Integer... parents) {
    return stage(id, StageState.Done, "2026-11-22T12:00:12Z", parents);
  }

  private static StageNode active(int id, Integer... parents) {
    return stage(id, StageState.Active, null, parents);
  }

  private static StageNode failed(int id, Integer... parents) {
    return stage(id, StageState.Failed, "2026-11-22T12:00:12Z", parents);
  }

  private static StageNode skipped(int id, Integer... parents) {
    return new StageNode(
        id, null, 0, "stage " + id, List.of(parents), StageState.Skipped, 80, 0, null, null);
  }

  /** In the order of the lines. */
  private static List<Integer> ids(List<String> lines) {
    return lines.stream()
        .map(Pattern.compile(" ([0-9]+) map at")::matcher)
        .filter(Matcher::find)
        .map(found -> Integer.parseInt(found.group(1)))
        .toList();
  }

  private static StageNode waiting(int id, Integer... parents) {
    return new StageNode(
        id, null, 0, "stage " + id, List.of(parents), StageState.Waiting, 80, 0, null, null);
  }

  private static StageNode stage(int id, StageState state, String completed, Integer... parents) {
    return new StageNode(
        id,
        0,
        0,
        "map at Job.java:" + id,
        List.of(parents),
        state,
        80,
        0,
        "2026-11-22T12:00:00Z",
        completed);
  }
}
