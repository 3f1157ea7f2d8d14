package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstTimesTest {

  private static final String NOTHING =
      """
      {"executors": {"registered": 0}, "tasks": {"done": 0, "total": 4, "active": 0}}
      """;

  private final FirstTimes times = new FirstTimes();

  private boolean isOneOf(String progress) throws Exception {
    return times.isOneOf(new ObjectMapper().readTree(progress));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"executors\": {\"registered\": 1}}",
        "{\"tasks\": {\"done\": 0, \"total\": 4, \"active\": 1, \"failed\": 0}}",
        "{\"connect\": \"sc://10.42.0.7:15002\"}"
      })
  void theFirstOfAKindCanNotWait(String progress) throws Exception {
    assertThat(isOneOf(NOTHING)).isFalse();
    assertThat(isOneOf(progress)).isTrue();
  }

  @Test
  void theSecondCan() throws Exception {
    assertThat(isOneOf("{\"executors\": {\"registered\": 1}}")).isTrue();
    assertThat(isOneOf(NOTHING)).isFalse();
    assertThat(isOneOf("{\"executors\": {\"registered\": 2}}")).isFalse();
  }
}
