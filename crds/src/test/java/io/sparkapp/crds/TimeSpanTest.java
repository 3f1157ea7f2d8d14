package io.sparkapp.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {

  @ParameterizedTest
  @CsvSource({"90s,PT90S", "10m,PT10M", "1h30m,PT1H30M", "7d,PT168H", "0s,PT0S", "1500ms,PT1.5S"})
  void readsWhatUsersWrite(String text, Duration duration) {
    assertThat(TimeSpan.parse(text).duration()).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "-1s", "1 h", "1h30", "h", "1.5h", "1w", "9999999999s"})
  void refusesAnythingElseAndSaysWhatToWrite(String text) {
    assertThatThrownBy(() -> TimeSpan.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + text + "\" is no span of time: " + TimeSpan.MESSAGE);
  }

  @Test
  void theApiServerRefusesTheSame() {
    String expression = TimeSpan.RULE.replaceFirst(".*'(.*)'.*", "$1");
    assertThat("1h30m".matches(expression)).isTrue();
    assertThat("1h30".matches(expression)).isFalse();
    assertThat("9999999999s".matches(expression)).isFalse();
  }
}
