package io.sparkapp.e2e.k3s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Looks into an image's archive, as {@code docker save} writes it, with packed layers. */
final class ImageArchive {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  ImageArchive(Path file) {
    this.file = file;
  }

  /** Bytes of the archive: what has to be carried to a node. */
  long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of its layers, unpacked: what it takes on a node's disk. */
  long unpackedSize() {
    long[] bytes = new long[1];
    forEachLayer(layer -> bytes[0] += layer.transferTo(OutputStream.nullOutputStream()));
    return bytes[0];
  }

  /** How a container of it is started by default, as the OCI image specification has it. */
  JsonNode config() {
    Map<String, byte[]> documents = new TreeMap<>();
    forEachEntry(
        (name, content) -> {
          if (name.endsWith(".json")) {
            documents.put(name, content.readAllBytes());
          }
        });
    try {
      JsonNode manifest = JSON.readTree(documents.get("manifest.json"));
      return JSON.readTree(documents.get(manifest.at("/0/Config").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is no image", e);
    }
  }

  /** The text files whose path in the image is wanted, by path. */
  Map<String, String> texts(Predicate<String> wanted) {
    Map<String, String> texts = new TreeMap<>();
    forEachLayer(
        layer -> {
          TarArchiveInputStream tar = new TarArchiveInputStream(layer);
          for (TarArchiveEntry each = tar.getNextEntry(); each != null; each = tar.getNextEntry()) {
            String path = "/" + each.getName().replaceFirst("^\\.?/", "");
            if (each.isFile() && wanted.test(path)) {
              texts.put(path, new String(tar.readAllBytes(), StandardCharsets.UTF_8));
            }
          }
        });
    return texts;
  }

  private interface LayerReader {
    void read(InputStream layer) throws IOException;
  }

  private interface EntryReader {
    void read(String name, InputStream content) throws IOException;
  }

  private void forEachLayer(LayerReader reader) {
    forEachEntry(
        (name, content) -> {
          if (name.endsWith(".tar.gz")) {
            reader.read(new GZIPInputStream(content, 1 << 16));
          }
        });
  }

  private void forEachEntry(EntryReader reader) {
    try (TarArchiveInputStream image =
        new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (TarArchiveEntry each = image.getNextEntry(); each != null; each = image.getNextEntry()) {
        reader.read(each.getName(), image);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is no image", e);
    }
  }
}
