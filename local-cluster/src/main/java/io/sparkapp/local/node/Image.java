package io.sparkapp.local.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An unpacked image.
 *
 * @param id changes when a file of the image comes or goes
 * @param root the directory that stands for the container's root
 */
record Image(String name, String id, Path root) {

  /**
   * The paths that belong to the image, for {@link PathMapping}: {@code /opt/spark} rather than
   * {@code /opt}, of which the machine has a share too.
   */
  Map<String, Path> paths() {
    Map<String, Path> paths = new HashMap<>();
    for (Path top : children(root)) {
      List<Path> below = Files.isDirectory(top) ? children(top) : List.of();
      boolean onlyDirectories = !below.isEmpty() && below.stream().allMatch(Files::isDirectory);
      (onlyDirectories ? below : List.of(top))
          .forEach(path -> paths.put("/" + root.relativize(path), path));
    }
    return paths;
  }

  private static List<Path> children(Path directory) {
    try (Stream<Path> children = Files.list(directory)) {
      return children.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
