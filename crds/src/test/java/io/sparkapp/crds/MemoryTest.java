package io.sparkapp.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {

  @ParameterizedTest
  @CsvSource({"512m,512", "2g,2048", "2gb,2048", "2Gi,2048", "512Mi,512", "1t,1048576", "1500k,2"})
  void readsSparksAndKubernetesWayOfWriting(String written, long mebibytes) {
    assertThat(Memory.parse(written).mebibytes()).isEqualTo(mebibytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lots", "2", "2G", "2GB", "2gi", "-1g", "0g", "1.5g", "", "2 g", "2Gib"})
  void refusesWhatSparkAndKubernetesReadDifferently(String written) {
    assertThatThrownBy(() -> Memory.parse(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("512m, 2g");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"512m", "2g", "2gb", "2Gi", "lots", "2", "2G", "2gi", "-1g", "0g", "1.5g"})
  void apiServersRuleTakesWhatIsReadAndNothingElse(String written) {
    Matcher rule = Pattern.compile("matches\\('(.*)'\\)").matcher(Memory.RULE);
    assertThat(rule.find()).isTrue();
    assertThat(written.matches(rule.group(1))).isEqualTo(parses(written));
  }

  @Test
  void moreThanCanBeCountedIsRefusedAndNotMadeLittle() {
    for (String written : new String[] {"16777216t", "17000000t", "999999999999Ti"}) {
      assertThatThrownBy(() -> Memory.parse(written))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("\"" + written + "\" is more memory than can be counted: ask for less");
    }
    assertThat(Memory.parse("8388607t").bytes()).isPositive();
  }

  private static boolean parses(String written) {
    try {
      Memory.parse(written);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
