package io.sparkapp.cli;

import io.sparkapp.cli.ResumableCopy.Sink;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Lines of several logs in one: each is whole, and begins with whose it is. */
final class PrefixedLines {

  private final PrintStream out;

  PrefixedLines(PrintStream out) {
    this.out = out;
  }

  /** Takes the bytes of one log, in one thread; {@link Source#close} ends its last line. */
  Source source(String prefix) {
    return new Source(prefix);
  }

  private synchronized void print(byte[] line) {
    out.write(line, 0, line.length);
    out.flush();
  }

  /** One of the logs. */
  final class Source implements Sink, AutoCloseable {

    private final byte[] prefix;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private Source(String prefix) {
      this.prefix = (prefix + " ").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void take(byte[] bytes, int length) {
      for (int i = 0; i < length; i++) {
        if (line.size() == 0) {
          line.writeBytes(prefix);
        }
        line.write(bytes[i]);
        if (bytes[i] == '\n') {
          end();
        }
      }
    }

    @Override
    public void close() {
      if (line.size() > 0) {
        line.write('\n');
        end();
      }
    }

    private void end() {
      print(line.toByteArray());
      line.reset();
    }
  }
}
