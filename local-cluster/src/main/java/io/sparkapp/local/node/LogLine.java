package io.sparkapp.local.node;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A line, or a part of a very long one, of a container's output as it is kept on disk: {@code
 * TIMESTAMP stdout F TEXT} as container runtimes write it (P instead of F: to be continued).
 */
record LogLine(String timestamp, boolean whole, byte[] text) {

  static byte[] encode(Instant time, boolean whole, byte[] text, int length) {
    byte[] head = (time + " stdout " + (whole ? "F " : "P ")).getBytes(StandardCharsets.US_ASCII);
    byte[] line = new byte[head.length + length + 1];
    System.arraycopy(head, 0, line, 0, head.length);
    System.arraycopy(text, 0, line, head.length, length);
    line[line.length - 1] = '\n';
    return line;
  }

  /**
   * @param line without its line end
   * @return empty for anything that {@link #encode} didn't write
   */
  static Optional<LogLine> parse(byte[] line, int length) {
    String head = new String(line, 0, Math.min(length, 48), StandardCharsets.US_ASCII);
    int stream = head.indexOf(" stdout ");
    int text = stream + " stdout F ".length();
    if (stream < 0 || text > length) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOfRange(line, text, length);
    return Optional.of(
        new LogLine(head.substring(0, stream), head.charAt(text - 2) == 'F', content));
  }

  Instant time() {
    return Instant.parse(timestamp);
  }
}
