package io.sparkapp.local.node;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A container's last words, within a kubelet's limits: the end of a file, or of the log. */
final class TerminationMessage {
  private static final int FILE_BYTES = 4096;
  private static final int LOG_BYTES = 2048;
  private static final int LOG_LINES = 80;

  private TerminationMessage() {}

  static String read(Path file, Path log, boolean fallBackToLog) throws IOException {
    String message = Files.exists(file) ? end(file) : "";
    return message.isEmpty() && fallBackToLog
        ? LogReader.lastText(log, LOG_LINES, LOG_BYTES)
        : message;
  }

  private static String end(Path file) throws IOException {
    try (RandomAccessFile words = new RandomAccessFile(file.toFile(), "r")) {
      int count = (int) Math.min(FILE_BYTES, words.length());
      words.seek(words.length() - count);
      byte[] bytes = new byte[count];
      words.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
