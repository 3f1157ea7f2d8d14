package io.sparkapp.executor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Frees a volume of what an earlier executor left on it: nobody reads that any more, and a few
 * replacements would fill it.
 */
final class LocalDirSweep {

  private LocalDirSweep() {}

  /** Sweeps the directory that the operator names, if it names one. */
  static void sweep(Map<String, String> environment) {
    String directory = environment.get("SPARKAPP_SWEEP_DIR");
    if (directory != null) {
      sweep(Path.of(directory), environment.getOrDefault("SPARKAPP_SWEEP_KEEPS", ""));
    }
  }

  /** Deletes all directories of Spark's in it but the one of this name. */
  static void sweep(Path directory, String keep) {
    try (Stream<Path> found = Files.list(directory)) {
      found
          .filter(each -> each.getFileName().toString().startsWith("spark-"))
          .filter(each -> !each.getFileName().toString().equals(keep))
          .forEach(LocalDirSweep::delete);
    } catch (IOException | UncheckedIOException e) {
      System.err.println("What earlier executors left in " + directory + " stays: " + e);
    }
  }

  private static void delete(Path tree) {
    try (Stream<Path> walk = Files.walk(tree)) {
      List<Path> paths = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : paths) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
