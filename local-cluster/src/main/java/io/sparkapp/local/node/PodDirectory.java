package io.sparkapp.local.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the files of one pod are; readable by their owner only. */
record PodDirectory(Path root) {

  static PodDirectory of(Path pods, String uid) {
    return new PodDirectory(pods.resolve(uid));
  }

  /** The pods that have a directory. */
  static List<PodDirectory> allIn(Path pods) {
    if (!Files.isDirectory(pods)) {
      return List.of();
    }
    return children(pods).stream().map(PodDirectory::new).toList();
  }

  String uid() {
    return root.getFileName().toString();
  }

  Path volumes() {
    return root.resolve("volumes");
  }

  Path volume(String name) {
    return volumes().resolve(name);
  }

  Path container(String name) {
    return root.resolve("containers").resolve(name);
  }

  /** What stands for the container's own root directory, beside image and volumes. */
  Path containerRoot(String name) {
    return container(name).resolve("root");
  }

  Path terminationLog(String container) {
    return container(container).resolve("termination-log");
  }

  Path log(String container) {
    return root.resolve("logs").resolve(container + ".log");
  }

  /** The identity of the container's process, for an agent that starts again. */
  Path process(String container) {
    return container(container).resolve("process");
  }

  /** The identities of all processes that were ever started for the pod. */
  List<Path> processes() {
    Path containers = root.resolve("containers");
    if (!Files.isDirectory(containers)) {
      return List.of();
    }
    return children(containers).stream()
        .map(container -> container.resolve("process"))
        .filter(Files::exists)
        .toList();
  }

  static Path createPrivate(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete() {
    delete(root);
  }

  void deleteVolumes() {
    delete(volumes());
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + directory, e);
    }
  }

  private static List<Path> children(Path directory) {
    try (Stream<Path> children = Files.list(directory)) {
      return children.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
