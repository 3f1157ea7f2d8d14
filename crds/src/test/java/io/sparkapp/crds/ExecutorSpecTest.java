package io.sparkapp.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorSpecTest {

  @ParameterizedTest
  @CsvSource({
    "{},                                    2, 2, 2,      false",
    "'{\"instances\": 5}',                  5, 5, 5,      false",
    "'{\"min\": 3}',                        3, 3, 100000, true",
    "'{\"max\": 1}',                        1, 0, 1,      true",
    "'{\"max\": 9}',                        2, 0, 9,      true",
    "'{\"min\":1,\"max\":9,\"instances\":4}', 4, 1, 9,    true"
  })
  void saysHowManyExecutorsThereAreAtFirstAtLeastAndAtMost(
      String json, int first, int fewest, int most, boolean dynamic) throws Exception {
    ExecutorSpec spec = new ObjectMapper().readValue(json, ExecutorSpec.class);

    assertThat(spec.instances()).isEqualTo(first);
    assertThat(spec.fewest()).isEqualTo(fewest);
    assertThat(spec.most()).isEqualTo(most);
    assertThat(spec.dynamic()).isEqualTo(dynamic);
  }
}
