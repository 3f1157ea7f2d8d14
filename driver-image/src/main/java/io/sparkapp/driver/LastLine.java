package io.sparkapp.driver;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Remembers the last line that is printed, which is where Python says what was raised. */
final class LastLine {

  private static final int LONGEST = 512;

  private final StringBuilder growing = new StringBuilder();
  private String last = "";

  /** A stream that passes everything on and lets this remember. */
  PrintStream listenTo(PrintStream out) {
    OutputStream tee =
        new FilterOutputStream(out) {
          @Override
          public void write(int b) throws IOException {
            out.write(b);
            hear(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            hear(bytes, offset, length);
          }
        };
    return new PrintStream(tee, true, StandardCharsets.UTF_8);
  }

  /** The last line with something in it; empty when there was none. */
  synchronized String text() {
    finishLine();
    return last;
  }

  private synchronized void hear(byte[] bytes, int offset, int length) {
    for (String part : new String(bytes, offset, length, StandardCharsets.UTF_8).split("(?<=\n)")) {
      if (growing.length() < LONGEST) {
        growing.append(part);
      }
      if (part.endsWith("\n")) {
        finishLine();
      }
    }
  }

  private void finishLine() {
    String line = growing.toString().strip();
    growing.setLength(0);
    if (!line.isEmpty()) {
      last = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }
  }
}
