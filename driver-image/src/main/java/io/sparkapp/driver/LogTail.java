package io.sparkapp.driver;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Remembers the last lines that this process printed, for those who ask why it failed. */
final class LogTail {

  private static final int MOST_LINES = 20;
  private static final int LONGEST_LINE = 300;

  private final Deque<String> lines = new ArrayDeque<>();

  /** A stream that passes everything on as it is, and lets this remember. */
  PrintStream listenTo(PrintStream out) {
    OutputStream tee =
        new FilterOutputStream(out) {
          private final StringBuilder line = new StringBuilder();

          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            hear(line, new String(bytes, offset, length, StandardCharsets.UTF_8));
          }

          @Override
          public void flush() throws IOException {
            out.flush();
          }
        };
    return new PrintStream(tee, true, StandardCharsets.UTF_8);
  }

  /** The last whole lines with something in them, the oldest first. */
  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** The last of them; empty when nothing was printed. */
  String last() {
    synchronized (lines) {
      return lines.isEmpty() ? "" : lines.getLast();
    }
  }

  private void hear(StringBuilder line, String text) {
    synchronized (lines) {
      int from = 0;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        grow(line, text.substring(from, end));
        remember(line);
        from = end + 1;
      }
      grow(line, text.substring(from));
    }
  }

  private static void grow(StringBuilder line, String part) {
    line.append(part, 0, Math.min(part.length(), LONGEST_LINE - line.length()));
  }

  private void remember(StringBuilder line) {
    String text = line.toString().stripTrailing();
    line.setLength(0);
    if (text.isEmpty()) {
      return;
    }
    lines.addLast(text);
    if (lines.size() > MOST_LINES) {
      lines.removeFirst();
    }
  }
}
