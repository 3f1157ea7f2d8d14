package io.sparkapp.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The short form of e2e/bench/run, which fails when something became twice as bad. */
@Isolated
class ShortFormIT {

  private static final int MINUTES = 10;

  @Test
  @Timeout(value = MINUTES, unit = TimeUnit.MINUTES)
  void nothingIsTwiceAsBadAsRecorded() throws Exception {
    File log = Path.of("target", "short-form.log").toFile();
    ProcessBuilder run =
        new ProcessBuilder("./run", "--short").redirectErrorStream(true).redirectOutput(log);
    run.environment().put("SPARKAPP_NO_BUILD", "1");
    Process process = run.start();
    try {
      assertThat(process.waitFor()).as("exit code; its output is in %s", log).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }
}
