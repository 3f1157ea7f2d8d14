package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkapp.local.archives.OperatorArchive;
import io.sparkapp.local.archives.OperatorTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's archive, made and used as its image does, with the jars of the build. */
class OperatorArchiveIT {

  private static final String FROM_ARCHIVE = " source: shared objects file (top)";

  private static final Path HOME = Path.of(System.getProperty("sparkapp.home"));

  @TempDir private static Path scratch;
  private static OperatorArchive archive;

  @BeforeAll
  static void make() throws IOException {
    archive = OperatorArchive.make(HOME, scratch.resolve("made"));
  }

  /**
   * The first is what a JVM chooses in a container of the chart's size, the other in a large one.
   */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC"})
  void anOperatorThatStartsAnApplicationGetsItsClassesFromTheArchive(String collector)
      throws IOException {
    List<String> loaded = loaded(List.of(collector, "-XX:MaxRAMPercentage=75"));

    assertThat(loaded)
        .contains("io.sparkapp.operator.OperatorMain" + FROM_ARCHIVE)
        .contains("io.sparkapp.operator.applicationmaster.ApplicationMaster" + FROM_ARCHIVE)
        .contains("io.sparkapp.operator.kubernetes.PodMessages" + FROM_ARCHIVE)
        .contains("io.javaoperatorsdk.operator.Operator" + FROM_ARCHIVE);
    long fromArchive = loaded.stream().filter(line -> line.endsWith(FROM_ARCHIVE)).count();
    long fromJars = loaded.stream().filter(line -> line.contains(" source: file:")).count();
    assertThat(fromArchive).isGreaterThan(20 * fromJars);
  }

  @Test
  void anOperatorThatWasNotBuiltIsNamedWithWhatToDo() {
    assertThatThrownBy(() -> OperatorArchive.make(scratch, scratch.resolve("none")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("There is no operator's jar with its libraries in ")
        .hasMessageEndingWith("mvn package -DskipTests.");
  }

  /** The classes that it loads until its first application runs, and where each is from. */
  private List<String> loaded(List<String> options) throws IOException {
    Path folder = Files.createTempDirectory(scratch, "run");
    Path classes = folder.resolve("classes.log");
    Path log = folder.resolve("operator.log");
    List<String> all = new ArrayList<>(options);
    all.add("-Xlog:class+load:file=" + classes);
    OperatorTraining.run(
        folder,
        folder.toString(),
        log,
        environment -> {
          ProcessBuilder builder =
              new ProcessBuilder(archive.command(all))
                  .redirectErrorStream(true)
                  .redirectOutput(log.toFile());
          builder.environment().clear();
          builder.environment().putAll(environment);
          return builder.start();
        });
    try (Stream<String> lines = Files.lines(classes)) {
      return lines.map(line -> line.replaceFirst("^(\\[[^]]*\\])+ ", "")).toList();
    }
  }
}
