package io.sparkapp.cli.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Memory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

  @ParameterizedTest
  @CsvSource({
    "2g, 2g",
    "2G, 2g",
    "2gb, 2g",
    "512, 512m",
    "1048577b, 2m",
    "1p, 1024t",
    "2Gi, 2Gi",
    "' 1g ', 1g",
  })
  void memoryIsReadAsSparkReadsItAndWrittenAsASparkAppTakesIt(String written, String amount) {
    assertThat(Amounts.memory(written)).contains(amount);
    assertThat(Memory.parse(amount)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1.5g", "lots", "", "-1g", "0g"})
  void whatIsNoMemoryIsNone(String written) {
    assertThat(Amounts.memory(written)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "3600000, 1h",
    "90s, 90s",
    "120min, 2h",
    "90m, 90m",
    "24h, 24h",
    "48h, 2d",
    "1500ms, 1500ms"
  })
  void timeIsWrittenInItsLargestUnit(String written, String text) {
    assertThat(Amounts.time(written, 1).map(Amounts::text)).contains(text);
  }

  @Test
  void nothingIsNothing() {
    assertThat(Amounts.text(Duration.ZERO)).isEqualTo("0s");
    assertThat(Amounts.time("soon", 1)).isEmpty();
  }
}
