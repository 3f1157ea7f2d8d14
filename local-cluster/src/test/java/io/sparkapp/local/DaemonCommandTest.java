package io.sparkapp.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DaemonCommandTest {
  private static final Path JAVA_HOME = Path.of("/jdk");
  private static final Path OPTIONS = Path.of("/state/options.json");

  @Test
  void givesTheBackgroundProcessASessionOfItsOwn() {
    List<String> command =
        new DaemonCommand(JAVA_HOME, "/a.jar:/b.jar", Optional.of(Path.of("/usr/bin/setsid")))
            .toCommand(OPTIONS);

    assertThat(command).startsWith("/usr/bin/setsid", "/jdk/bin/java");
    assertThat(command)
        .endsWith(
            "-cp", "/a.jar:/b.jar", "io.sparkapp.local.LocalClusterMain", "/state/options.json");
  }

  @Test
  void ignoresTheTerminalsSignalsWhereThereIsNoSetsid() {
    List<String> command =
        new DaemonCommand(JAVA_HOME, "/a.jar", Optional.empty()).toCommand(OPTIONS);

    assertThat(command).startsWith("/bin/sh", "-c").contains("/jdk/bin/java");
    assertThat(command.get(2)).startsWith("trap '' INT HUP");
  }

  @Test
  void doesNotDependOnTheCurrentDirectory() {
    List<String> command =
        new DaemonCommand(JAVA_HOME, "target/classes", Optional.empty()).toCommand(OPTIONS);

    assertThat(command).contains(Path.of("target/classes").toAbsolutePath().toString());
  }
}
