package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkLineTest {

  @ParameterizedTest
  @ValueSource(strings = {"4.0.0", "4.1.3", "4.2.0", "4.2.1-SNAPSHOT"})
  void runsWithTheLinesThatItKnows(String version) {
    assertThat(new SparkLine(Optional.of(version)).problem("acme/spark:1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.5.6", "4.3.0", "5.0.0", "4"})
  void namesImageAndVersionOfALineThatItDoesNotKnow(String version) {
    assertThat(new SparkLine(Optional.of(version)).problem("acme/spark:1"))
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .startsWith("Image acme/spark:1 has Spark " + version + ",")
                    .contains("4.0, 4.1 and 4.2"));
  }

  @Test
  void namesAnImageWithoutSpark() {
    assertThat(new SparkLine(Optional.empty()).problem("acme/none:1"))
        .hasValueSatisfying(
            sentence -> assertThat(sentence).startsWith("Image acme/none:1 has no Spark"));
  }

  @Test
  void readsTheVersionOfTheSparkThatIsThere() {
    assertThat(SparkLine.ofClassPath(getClass().getClassLoader()).version())
        .hasValueSatisfying(version -> assertThat(version).startsWith("4."));
  }
}
