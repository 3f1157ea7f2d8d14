package io.sparkapp.local.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPortTest {

  @TempDir Path directory;

  @Test
  void staysWhileItIsFreeAndIsAnotherOneWhenItIsTaken() {
    Path file = directory.resolve("page.port");
    Iterator<Integer> candidates = List.of(20_001, 20_002, 20_003).iterator();

    assertThat(KeptPort.in(file, candidates::next, port -> port != 20_001)).isEqualTo(20_002);
    assertThat(KeptPort.in(file, candidates::next, port -> true)).isEqualTo(20_002);
    assertThat(KeptPort.in(file, candidates::next, port -> port != 20_002)).isEqualTo(20_003);
    assertThat(file).hasContent("20003");
  }

  @Test
  void aDamagedFileIsAsGoodAsNone() throws Exception {
    Path file = Files.writeString(directory.resolve("page.port"), "80 or so");

    assertThat(KeptPort.in(file, () -> 20_004, port -> true)).isEqualTo(20_004);
  }

  @Test
  void givesUpWhenNoPortIsFree() {
    assertThatThrownBy(() -> KeptPort.in(directory.resolve("p"), () -> 20_005, port -> false))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("No free port between 20000 and 30000");
  }
}
