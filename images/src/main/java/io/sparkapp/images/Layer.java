package io.sparkapp.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files of an image that change together. Whatever the machine that builds it, the same files make
 * the same layer: sorted, owned by root, readable by all, writable by nobody, and with one time
 * stamp, which class-data archives depend on.
 *
 * @param name what Jib calls it in its cache
 * @param files in the order of their paths in the image
 */
record Layer(String name, List<Entry> files) {

  /** The time stamp of all files. */
  static final Instant MODIFIED = Instant.ofEpochSecond(1);

  private static final FilePermissions FILE = FilePermissions.fromOctalString("444");
  private static final FilePermissions SCRIPT = FilePermissions.fromOctalString("555");
  private static final FilePermissions FOLDER = FilePermissions.fromOctalString("755");

  /**
   * One file or empty folder.
   *
   * @param source on this machine
   * @param target absolute path in the image
   */
  record Entry(Path source, String target) {}

  /** All that is in a folder, which becomes {@code target} in the image. */
  static Layer ofFolder(String name, Path folder, String target) {
    try (Stream<Path> found = Files.walk(folder)) {
      return new Layer(
          name,
          found
              .filter(Files::isRegularFile)
              .map(file -> new Entry(file, target + "/" + folder.relativize(file)))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("The files of layer " + name + " can not be listed.", e);
    }
  }

  Layer plus(Path source, String target) {
    List<Entry> more = new ArrayList<>(files);
    more.add(new Entry(source, target));
    return new Layer(name, List.copyOf(more));
  }

  FileEntriesLayer forJib() {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    files.stream()
        .sorted((one, other) -> one.target().compareTo(other.target()))
        .forEach(
            file ->
                layer.addEntry(
                    file.source(),
                    AbsoluteUnixPath.get(file.target()),
                    permissions(file.source()),
                    MODIFIED));
    return layer.build();
  }

  private static FilePermissions permissions(Path source) {
    if (Files.isDirectory(source)) {
      return FOLDER;
    }
    return Files.isExecutable(source) ? SCRIPT : FILE;
  }
}
