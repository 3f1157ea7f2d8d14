package io.sparkapp.operator.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

  @ParameterizedTest
  @CsvSource({"384, 384Mi", "2048, 2Gi", "2432, 2432Mi", "24105, 23.5Gi", "102400, 100Gi"})
  @CsvSource({"1048575, 1024Gi", "1048576, 1Ti", "4507008, 4.3Ti"})
  void memoryIsSaidInUnitsThatPeopleUse(long mebibytes, String said) {
    assertThat(Amounts.of(Resources.MEMORY, mebibytes << 20)).isEqualTo(said + " of memory");
  }

  @Test
  void whatANodeHasBesidesIsNotSpelledOutInBytes() {
    assertThat(Amounts.rounded((2L << 30) + 4096)).isEqualTo("2Gi");
    assertThat(Amounts.rounded(4096)).isEqualTo("4096");
  }

  @Test
  void aStatusHasTheExactAmount() {
    assertThat(Amounts.quantities(new Resources(1500, 24105L << 20)))
        .containsEntry("cpu", "1500m")
        .containsEntry("memory", "24105Mi");
  }
}
