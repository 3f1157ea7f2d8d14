package io.sparkapp.local.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is done with directories as a whole. */
final class DirectoryTree {
  private DirectoryTree() {}

  /** Creates a directory, and its parents, that only its owner can enter. */
  static Path createPrivate(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      return directory;
    } catch (IOException e) {
      throw new ClusterException(
          "Cannot create the directory %s: %s; make its parent writable or set SPARKAPP_LOCAL_DIR."
              .formatted(directory, e),
          e);
    }
  }

  /** Deletes a directory and all below it; nothing when it isn't there. Links are not followed. */
  static void delete(Path directory) {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
