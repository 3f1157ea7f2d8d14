package io.sparkapp.local.controlplane;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Reads the envtest tarballs: ustar with small names. Takes the regular files of known names,
 * whatever directory they are in, so that no name in an archive decides where a file goes.
 */
final class TarGz {
  private static final int BLOCK = 512;
  private static final Set<String> PROGRAMS = Set.of("kube-apiserver", "etcd", "kubectl");

  private TarGz() {}

  static void extractPrograms(Path archive, Path directory) throws IOException {
    try (InputStream in =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
      byte[] header = in.readNBytes(BLOCK);
      while (header.length == BLOCK && header[0] != 0) {
        String path = text(header, 0, 100);
        String name = path.substring(path.lastIndexOf('/') + 1);
        long size = Long.parseLong(text(header, 124, 12).strip(), 8);
        boolean regularFile = header[156] == '0' || header[156] == 0;
        if (regularFile && PROGRAMS.contains(name)) {
          copy(in, directory.resolve(name), size);
        } else {
          in.skipNBytes(size);
        }
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        header = in.readNBytes(BLOCK);
      }
    }
  }

  private static void copy(InputStream in, Path file, long size) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = size; left > 0; ) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw new EOFException("the archive ends in the middle of " + file.getFileName());
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String text(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }
}
