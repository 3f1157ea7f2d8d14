package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FirstTimesTest {

  private static final Progress NOTHING = progress(0, 0, null);

  private final FirstTimes times = new FirstTimes();

  private static Progress progress(int registered, int activeTasks, String connect) {
    return new Progress(
        new Progress.Count(0, 1),
        new Progress.Count(0, 1),
        new Progress.Tasks(0, 4, activeTasks, 0),
        0,
        List.of(),
        List.of(),
        new Progress.Executors(registered, 0, 0),
        connect,
        null);
  }

  private static Stream<Progress> aFirst() {
    return Stream.of(
        progress(1, 0, null), progress(0, 1, null), progress(0, 0, "sc://10.42.0.7:15002"));
  }

  @ParameterizedTest
  @MethodSource("aFirst")
  void theFirstOfAKindCanNotWait(Progress progress) {
    assertThat(times.isOneOf(NOTHING)).isFalse();
    assertThat(times.isOneOf(progress)).isTrue();
  }

  @Test
  void theSecondCan() {
    assertThat(times.isOneOf(progress(1, 0, null))).isTrue();
    assertThat(times.isOneOf(NOTHING)).isFalse();
    assertThat(times.isOneOf(progress(2, 0, null))).isFalse();
  }
}
