package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Progress;
import io.sparkapp.crds.Progress.ActiveStage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreensTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aBarShowsWhatIsDoneAndWhatRuns() {
    Progress progress = progress(new ActiveStage(3, 0, "reduce at Pi.java:38", 4, 2, 8));

    assertThat(ProgressBars.lines(progress, 80))
        .containsExactly("stage 3 [============>>>>>>      ] 4+2/8 reduce at Pi.java:38");
    assertThat(ProgressBars.lines(null, 80)).isEmpty();
  }

  @Test
  void aBarIsNoWiderThanItsTerminal() {
    Progress progress = progress(new ActiveStage(12, 0, "x".repeat(200), 400, 8, 800));

    assertThat(ProgressBars.lines(progress, 80))
        .singleElement()
        .satisfies(bar -> assertThat(bar.length()).isLessThan(80));
  }

  @Test
  void withoutATerminalThereIsOnlyWhatTheDriverWroteAndTheOutcome() {
    Screen screen = screen(0);
    screen.bars(List.of("stage 1 [==]"));
    write(screen, "Pi is roughly 3.14");
    screen.bars(List.of());
    screen.end("Succeeded");

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Pi is roughly 3.14\nSucceeded\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void onATerminalBarsAreWipedBeforeAnythingElseIsWritten() {
    Screen screen = screen(80);
    screen.bars(List.of("bar"));
    write(screen, "output\n");
    screen.end("Succeeded");

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("output\nSucceeded\n");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("bar\n\u001b[1A\r\u001b[Jbar\n\u001b[1A\r\u001b[J");
  }

  @Test
  void aBarIsOneLineWhateverItsStageIsCalled() {
    Progress progress = progress(new ActiveStage(0, 0, "select\n  *\u001b[2J", 0, 0, 1));

    assertThat(ProgressBars.lines(progress, 80))
        .containsExactly("stage 0 [                        ] 0+0/1 select   * [2J");
  }

  @Test
  void afterItsLastLineAScreenStaysAsItIs() {
    Screen screen = screen(80);
    screen.bars(List.of("bar"));
    screen.close("Stopping pi.");
    screen.bars(List.of("bar"));
    write(screen, "late\n");
    screen.say("late");

    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("bar\n\u001b[1A\r\u001b[JStopping pi.\n");
  }

  @Test
  void columnsAreAsWideAsTheyNeedToBe() {
    assertThat(Table.lines(List.of(List.of("NAME", "PHASE"), List.of("wordcount", "Running"))))
        .containsExactly("NAME        PHASE", "wordcount   Running");
    assertThat(
            Table.lines(
                List.of(List.of("NAME", "PHASE"), List.of("wordcount", "Running")),
                15,
                (row, column, text) -> text))
        .containsExactly("NAME        PHA", "wordcount   Run");
  }

  @Test
  void agesAreWrittenAsKubectlDoes() {
    assertThat(Age.of(Duration.ofSeconds(45))).isEqualTo("45s");
    assertThat(Age.of(Duration.ofMinutes(5))).isEqualTo("5m");
    assertThat(Age.of(Duration.ofHours(30))).isEqualTo("30h");
    assertThat(Age.of(Duration.ofDays(3))).isEqualTo("3d");
  }

  private Screen screen(int columns) {
    return new Screen(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        columns);
  }

  private static void write(Screen screen, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    screen.output(bytes, bytes.length);
  }

  private static Progress progress(ActiveStage stage) {
    return Statuses.progress(Map.of("percent", 50, "active", List.of(stage)));
  }
}
