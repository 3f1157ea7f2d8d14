package io.sparkapp.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {

  private static final Row RAMP_UP =
      Row.against("ramp-up", 360, "bare client", 400, "pods/s", Wanted.atLeast(0.8));
  private static final Row HEAP = Row.alone("heap", 600, "MiB", Wanted.atMost(512));

  @Test
  void isALineWithTabsAndComesBackFromIt() {
    assertThat(RAMP_UP.line())
        .isEqualTo("ramp-up\t360.0\tbare client\t400.0\tpods/s\t0.900\t>= 0.8");
    assertThat(HEAP.line()).isEqualTo("heap\t600.0\t\t\tMiB\t\t<= 512");
    assertThat(Row.parse(RAMP_UP.line())).isEqualTo(RAMP_UP);
    assertThat(Row.parse(HEAP.line())).isEqualTo(HEAP);
  }

  @Test
  void isJudgedByItsRatioOrWithoutOneByItself() {
    assertThat(RAMP_UP.reached()).isTrue();
    assertThat(HEAP.reached()).isFalse();
  }

  @Test
  void saysHowWhatIsWantedIsWritten() {
    assertThatThrownBy(() -> Wanted.parse("0.2"))
        .hasMessage("What is wanted is written like <= 0.2 or >= 25, not like 0.2.");
  }

  @Test
  void standsInTheTableAsReachedOrNot() {
    assertThat(Table.lines(List.of(RAMP_UP, HEAP)))
        .endsWith(
            "| ramp-up | 360.0 pods/s | bare client: 400.0 pods/s | 0.900 | >= 0.8 | yes |",
            "| heap | 600.0 MiB |  |  | <= 512 | **no** |");
  }

  @Test
  void isARegressionOnlyWhenItIsTwiceAsBad() {
    Row slower = Row.against("ramp-up", 190, "bare client", 400, "pods/s", Wanted.atLeast(0.8));
    Row slow = Row.against("ramp-up", 150, "bare client", 400, "pods/s", Wanted.atLeast(0.8));
    Row fat = Row.alone("heap", 1200, "MiB", Wanted.atMost(512));
    List<Row> recorded = List.of(RAMP_UP, HEAP);

    assertThat(Regressions.in(List.of(slower, HEAP), recorded)).isEmpty();
    assertThat(Regressions.in(List.of(slow, fat), recorded))
        .containsExactly(
            "ramp-up: 0.375 is twice as bad as the recorded 0.900, or worse.",
            "heap: 1200 is twice as bad as the recorded 600.0, or worse.");
  }

  @Test
  void isNoRegressionWhereThereWasNothingAndIsNothing() {
    Row none = Row.alone("lists", 0, "", Wanted.atMost(0));
    Row one = Row.alone("lists", 1, "", Wanted.atMost(0));

    assertThat(Regressions.in(List.of(none), List.of(none))).isEmpty();
    assertThat(Regressions.in(List.of(one), List.of(none))).hasSize(1);
  }

  @Test
  void isMissedWhereNothingWasRecorded() {
    assertThat(Regressions.in(List.of(HEAP), List.of()))
        .containsExactly("heap: nothing was recorded to compare it with; add it to recorded.tsv.");
  }
}
