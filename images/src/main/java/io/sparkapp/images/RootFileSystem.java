package io.sparkapp.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image's files, unpacked: what a container of it would see, time stamps included, for they
 * decide whether a class-data archive fits.
 *
 * @param folder the root
 * @param environment the image's
 */
record RootFileSystem(Path folder, Map<String, String> environment) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";
  private static final PosixFilePermission[] BY_BIT = {
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ
  };

  /**
   * Unpacks a docker-archive into a folder that is emptied before.
   *
   * @throws IOException also when the file is no docker-archive
   */
  static RootFileSystem unpack(Path tar, Path folder) throws IOException {
    delete(folder);
    Files.createDirectories(folder);
    Path parts = folder.resolveSibling(folder.getFileName() + ".parts");
    delete(parts);
    try {
      extract(Files.newInputStream(tar), parts);
      JsonNode image = JSON.readTree(parts.resolve("manifest.json").toFile()).path(0);
      for (JsonNode layer : image.path("Layers")) {
        extract(maybeCompressed(parts.resolve(layer.asText())), folder);
      }
      JsonNode config = JSON.readTree(parts.resolve(image.path("Config").asText()).toFile());
      Map<String, String> environment = new LinkedHashMap<>();
      for (JsonNode variable : config.path("config").path("Env")) {
        String[] pair = variable.asText().split("=", 2);
        environment.put(pair[0], pair[1]);
      }
      return new RootFileSystem(folder, environment);
    } finally {
      delete(parts);
    }
  }

  /** Deletes a folder and all that is in it; links are not followed. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static InputStream maybeCompressed(Path layer) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(layer));
    in.mark(2);
    boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return compressed ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private static void extract(InputStream source, Path folder) throws IOException {
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new BufferedInputStream(source, 1 << 16))) {
      TarArchiveEntry entry = in.getNextEntry();
      while (entry != null) {
        Path path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) {
          throw new IOException("The layer has a path outside of the image: " + entry.getName());
        }
        if (!whiteout(path)) {
          place(in, entry, folder, path);
        }
        entry = in.getNextEntry();
      }
    }
  }

  private static boolean whiteout(Path path) throws IOException {
    String name = path.getFileName() == null ? "" : path.getFileName().toString();
    if (name.equals(OPAQUE)) {
      try (Stream<Path> below = Files.list(path.getParent())) {
        for (Path hidden : below.toList()) {
          delete(hidden);
        }
      }
      return true;
    }
    if (name.startsWith(WHITEOUT)) {
      delete(path.resolveSibling(name.substring(WHITEOUT.length())));
      return true;
    }
    return false;
  }

  private static void place(TarArchiveInputStream in, TarArchiveEntry entry, Path folder, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (!Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(path);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.createLink(path, folder.resolve(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(in, path, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(path, permissions(entry.getMode()));
      Files.setLastModifiedTime(path, FileTime.from(entry.getLastModifiedTime().toInstant()));
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < BY_BIT.length; bit++) {
      if ((mode >> bit & 1) == 1) {
        permissions.add(BY_BIT[bit]);
      }
    }
    // The one who builds must be able to read and remove it.
    permissions.addAll(List.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    return permissions;
  }
}
