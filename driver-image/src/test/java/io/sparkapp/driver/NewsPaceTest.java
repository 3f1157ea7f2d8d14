package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NewsPaceTest {

  @Test
  void newsOfAShortJobComesEveryTwoSeconds() {
    assertThat(NewsPace.pause(Duration.ZERO)).isEqualTo(Duration.ofSeconds(2));
    assertThat(NewsPace.pause(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void theLongerAJobRunsTheRarerIsItsNewsUpToFiveSeconds() {
    assertThat(NewsPace.pause(Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(3));
    assertThat(NewsPace.pause(Duration.ofHours(3))).isEqualTo(Duration.ofSeconds(5));
  }
}
