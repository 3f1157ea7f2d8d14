package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.local.archives.Rehearsal;
import io.sparkapp.local.archives.SparkArchives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The archives that the local cluster makes in the background, used as its pods use them. */
@Isolated("At its low priority the rehearsal gets next to nothing beside other tests.")
class ClassDataArchivesIT {

  private static final long MINUTES = 10;

  private final Path home = Path.of(System.getProperty("sparkapp.home"));

  @TempDir Path scratch;

  @Test
  void driverAndExecutorGetSparksClassesFromTheirArchives() throws Exception {
    SparkArchives archives =
        SparkArchives.in(
            scratch.resolve("archives"),
            built("executor-image"),
            built("driver-image"),
            built("examples"));
    assertThat(archives.layer()).isEmptyDirectory();

    try (Rehearsal rehearsal = Rehearsal.start(archives)) {
      rehearsal.end().get(MINUTES, TimeUnit.MINUTES);
    }

    assertThat(archives.made()).isTrue();
    assertThat(loaded(archives, "driver", "io.sparkapp.driver.DriverLauncher"))
        .anyMatch(line -> line.contains("io.sparkapp.driver.DriverLauncher source: shared"));
    assertThat(loaded(archives, "executor", "io.sparkapp.executor.ExecutorLauncher"))
        .anyMatch(line -> line.contains("io.sparkapp.executor.ExecutorLauncher source: shared"));
  }

  private Path built(String module) {
    return home.resolve(module).resolve("target/image");
  }

  /** Which classes a JVM loads, and from where, that is started as a pod would be. */
  private List<String> loaded(SparkArchives archives, String role, String main) throws Exception {
    Path root = unpack(archives, scratch.resolve("image-" + role));
    Path log = scratch.resolve(role + ".log");
    Path launcher = root.resolve("opt/sparkapp").resolve(role);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + launcher.resolve("java.args"),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xlog:class+load:file=" + log,
                "-cp",
                root.resolve("opt/spark/class-path.jar")
                    + ":"
                    + launcher.resolve("sparkapp-" + role + ".jar")
                    + ":"
                    + root.resolve("opt/spark/jars")
                    + "/*",
                main)
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve(role + ".out").toFile())
            .start();
    boolean ended = process.waitFor(1, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    return Files.readAllLines(log);
  }

  /** As the node agent lays images out: directories of links into the layers. */
  private Path unpack(SparkArchives archives, Path root) throws IOException {
    for (Path layer : List.of(archives.spark(), archives.driver(), archives.layer())) {
      try (Stream<Path> files = Files.walk(layer)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          Path link = root.resolve(layer.relativize(file));
          Files.createDirectories(link.getParent());
          Files.deleteIfExists(link);
          Files.createSymbolicLink(link, file);
        }
      }
    }
    return root;
  }
}
