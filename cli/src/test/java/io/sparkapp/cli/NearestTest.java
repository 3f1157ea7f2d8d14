package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  @Test
  void aSlipOfTheFingersIsFound() {
    List<String> there = List.of("flights", "delays", "pi");

    assertThat(Nearest.of("fligths", there)).contains("flights");
    assertThat(Nearest.of("flihts", there)).contains("flights");
    assertThat(Nearest.of("FLIGHTS", there)).contains("flights");
    assertThat(Nearest.of("p", there)).contains("pi");
    assertThat(Nearest.hint("delay", there)).isEqualTo(" Did you mean delays?");
  }

  @Test
  void theBeginningOfANameIsEnough() {
    assertThat(Nearest.of("wordcount", List.of("wordcount-of-the-night"))).isPresent();
  }

  @Test
  void anotherWordIsNotTakenForIt() {
    assertThat(Nearest.of("etl", List.of("flights", "delays"))).isEmpty();
    assertThat(Nearest.hint("etl", List.of())).isEmpty();
  }

  @Test
  void distanceCountsLettersChangedAddedLeftOutAndSwapped() {
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("abc", "abc")).isZero();
    assertThat(Nearest.distance("abc", "acb")).isEqualTo(1);
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
  }
}
