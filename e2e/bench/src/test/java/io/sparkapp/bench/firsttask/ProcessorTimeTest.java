package io.sparkapp.bench.firsttask;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {

  @Test
  void ofACommandIsTheShellsAndItsChildrens() {
    assertThat(TimedCommand.sum("0m0.003s 0m0.001s\n1m8.400s 0m0.796s\n"))
        .isEqualTo(Duration.ofMillis(69_200));
  }

  @Test
  void ofAProcessIsItsOwnAndThatOfItsEndedChildren() {
    assertThat(
            PodProcesses.ticks(
                "4711 (java (1)) S 1 4711 4711 0 -1 4194304 9 9 0 0 700 20 5 1 20 0 44 0 98709"))
        .isEqualTo(726);
  }
}
