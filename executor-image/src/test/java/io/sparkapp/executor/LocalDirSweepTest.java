package io.sparkapp.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDirSweepTest {

  @TempDir Path volume;

  @Test
  void whatAnEarlierExecutorLeftIsSweptAwayAndNothingElse() throws IOException {
    for (String file :
        new String[] {"spark-3/executor-3/blockmgr-1/00/x", "spark-7/mine", "lost+found/y"}) {
      Files.createDirectories(volume.resolve(file).getParent());
      Files.writeString(volume.resolve(file), "data");
    }

    LocalDirSweep.sweep(
        Map.of("SPARKAPP_SWEEP_DIR", volume.toString(), "SPARKAPP_SWEEP_KEEPS", "spark-7"));

    try (Stream<Path> left = Files.list(volume)) {
      assertThat(left.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("spark-7", "lost+found");
    }
  }

  @Test
  void withoutADirectoryToSweepNothingIsTouched() throws IOException {
    Files.createDirectories(volume.resolve("spark-3"));

    LocalDirSweep.sweep(Map.of());

    assertThat(volume.resolve("spark-3")).exists();
  }
}
