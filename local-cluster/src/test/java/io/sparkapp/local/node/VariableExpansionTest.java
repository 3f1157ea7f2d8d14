package io.sparkapp.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariableExpansionTest {
  private static final Map<String, String> VARIABLES = Map.of("A", "1", "B", "$(A)");

  @ParameterizedTest
  @CsvSource({
    "$(A)-$(A), 1-1",
    "$(B), $(A)",
    "$(C), $(C)",
    "$$(A), $(A)",
    "$$$(A), $1",
    "$A, $A",
    "$(A, $(A",
    "cost$, cost$"
  })
  void expandsAsKubernetesDoes(String text, String expected) {
    assertThat(VariableExpansion.expand(text, VARIABLES)).isEqualTo(expected);
  }
}
