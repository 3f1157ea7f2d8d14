package io.sparkapp.local.controlplane;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The end of a log file, for error messages.
 *
 * @param file may not exist
 * @param from the offset at which what interests begins; what is before it is of an earlier run
 */
record LogTail(Path file, long from) {
  private static final int BYTES = 8192;

  static LogTail of(Path file, long from) {
    return new LogTail(file, from);
  }

  /** The last lines in one, separated by {@code " | "}; a remark when there are none. */
  String lines(int count) {
    if (!Files.exists(file)) {
      return "(no log)";
    }
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(Math.max(from, log.length() - BYTES));
      byte[] bytes = new byte[(int) Math.max(0, log.length() - log.getFilePointer())];
      log.readFully(bytes);
      List<String> lines =
          new String(bytes, StandardCharsets.UTF_8).lines().filter(l -> !l.isBlank()).toList();
      return lines.isEmpty()
          ? "(nothing)"
          : String.join(" | ", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    } catch (IOException e) {
      return "(unreadable: " + e + ")";
    }
  }
}
