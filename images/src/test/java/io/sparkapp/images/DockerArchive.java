package io.sparkapp.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A small docker-archive for tests: layers of text files. */
final class DockerArchive {

  private final List<byte[]> layers = new ArrayList<>();

  static DockerArchive empty() {
    return new DockerArchive();
  }

  /**
   * @param files path to content; the time stamp is a day after the epoch
   */
  DockerArchive layer(Map<String, String> files) throws IOException {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    layers.add(tar(bytes));
    return this;
  }

  Path write(Path file) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    List<String> digests = new ArrayList<>();
    for (byte[] layer : layers) {
      String digest = sha256(layer);
      names.add("\"" + digest + "/layer.tar\"");
      digests.add("\"sha256:" + digest + "\"");
      parts.put(digest + "/layer.tar", layer);
    }
    byte[] config =
        """
        {"architecture":"amd64","os":"linux","created":"1970-01-01T00:00:00Z",
         "config":{"Env":["PATH=/opt/java/bin:/bin","JAVA_HOME=/opt/java"]},
         "rootfs":{"type":"layers","diff_ids":[%s]},"history":[]}
        """
            .formatted(String.join(",", digests))
            .getBytes(StandardCharsets.UTF_8);
    parts.put("config.json", config);
    parts.put(
        "manifest.json",
        """
        [{"Config":"config.json","RepoTags":["test/base:1"],"Layers":[%s]}]
        """
            .formatted(String.join(",", names))
            .getBytes(StandardCharsets.UTF_8));
    return Files.write(file, tar(parts));
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream((OutputStream) bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
        entry.setSize(file.getValue().length);
        entry.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(86_400)));
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
