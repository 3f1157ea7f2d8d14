package io.sparkapp.local.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * A directory of files that the agent keeps up to date. Each file is replaced as a whole, readable
 * by its owner only: a process sees the old or the new content, never half of it.
 */
final class FileVolume {
  private final Path directory;
  private final Path partial;
  private Map<String, VolumeFile> written = Map.of();

  /**
   * @param partial where files are written before they are moved to the directory; beside it
   */
  FileVolume(Path directory, Path partial) {
    this.directory = directory;
    this.partial = partial;
  }

  /** Makes the directory have these files; those that are as wanted stay untouched. */
  void write(Map<String, VolumeFile> files) {
    try {
      PodDirectory.createPrivate(directory);
      for (Map.Entry<String, VolumeFile> file : files.entrySet()) {
        if (!file.getValue().equals(written.get(file.getKey()))) {
          replace(inside(file.getKey()), file.getValue());
        }
      }
      for (String old : written.keySet()) {
        if (!files.containsKey(old)) {
          Files.deleteIfExists(inside(old));
        }
      }
      written = Map.copyOf(files);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the volume " + directory, e);
    }
  }

  private Path inside(String relative) {
    Path file = directory.resolve(relative).normalize();
    if (!file.startsWith(directory) || file.equals(directory)) {
      throw new ContainerConfigException("path %s leads out of its volume".formatted(relative));
    }
    return file;
  }

  private void replace(Path file, VolumeFile content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(partial);
    Files.createFile(
        partial,
        PosixFilePermissions.asFileAttribute(
            PosixFilePermissions.fromString(content.executable() ? "rwx------" : "rw-------")));
    Files.write(partial, content.content());
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
