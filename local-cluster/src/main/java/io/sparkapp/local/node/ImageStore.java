package io.sparkapp.local.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The images of this node. An image is an ordered list of layer directories; it is unpacked once,
 * into a tree of real directories whose files are links into the layers, and again only when a file
 * has come or gone.
 */
final class ImageStore {
  private final Path directory;
  private final Map<String, List<Path>> layers;

  ImageStore(Path directory, Map<String, List<Path>> layers) {
    this.directory = directory;
    this.layers = new TreeMap<>(layers);
  }

  /**
   * The unpacked image.
   *
   * @throws ImageNotFoundException if the node doesn't have it
   */
  synchronized Image pull(String name) {
    List<Path> sources = layers.get(name);
    if (sources == null) {
      throw new ImageNotFoundException(
          "image \"%s\" is not on this node; it has: %s"
              .formatted(name, layers.isEmpty() ? "none" : String.join(", ", layers.keySet())));
    }
    for (Path layer : sources) {
      if (!Files.isDirectory(layer)) {
        throw new ImageNotFoundException(
            "image \"%s\" can't be unpacked: its layer %s is not a directory; build it first"
                .formatted(name, layer));
      }
    }
    try {
      return unpack(name, sources);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Image unpack(String name, List<Path> sources) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    TreeSet<String> directories = new TreeSet<>();
    for (Path layer : sources) {
      collect(layer.toAbsolutePath(), files, directories);
    }
    String digest = digest(files, directories);
    Path root = directory.resolve(name.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + digest);
    if (!Files.isDirectory(root)) {
      link(root, files, directories);
    }
    return new Image(name, "%s@%s".formatted(name, digest), root);
  }

  private static void collect(Path layer, Map<String, Path> files, TreeSet<String> directories)
      throws IOException {
    try (Stream<Path> tree = Files.walk(layer)) {
      for (Path path : (Iterable<Path>) tree::iterator) {
        String relative = layer.relativize(path).toString();
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          directories.add(relative);
        } else {
          files.put(relative, path);
        }
      }
    }
  }

  private void link(Path root, Map<String, Path> files, TreeSet<String> directories)
      throws IOException {
    Files.createDirectories(directory);
    Path partial = Files.createTempDirectory(directory, ".unpacking");
    for (String relative : directories) {
      Files.createDirectories(partial.resolve(relative));
    }
    for (Map.Entry<String, Path> file : files.entrySet()) {
      Path link = partial.resolve(file.getKey());
      if (!Files.isDirectory(link)) {
        Files.createSymbolicLink(link, file.getValue());
      }
    }
    try {
      Files.move(partial, root, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("Another node agent uses " + directory + ".", e);
    }
  }

  private static String digest(Map<String, Path> files, TreeSet<String> directories) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach((name, source) -> digest.update(bytes(name + "\0" + source + "\n")));
      directories.forEach(name -> digest.update(bytes(name + "\n")));
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
