package io.sparkapp.local.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Sends a log file, or the wanted part of it, to a reader, and what is added while following. */
final class LogReader {
  private final Path file;
  private final LogRequest request;
  private final OutputStream out;
  private long position;
  private long left;
  private boolean startsLine = true;

  LogReader(Path file, LogRequest request, OutputStream out) {
    this.file = file;
    this.request = request;
    this.out = out;
    this.left = request.limitBytes().orElse(Long.MAX_VALUE);
  }

  /** Sends what is there now. */
  void send() throws IOException {
    if (Files.exists(file)) {
      position = request.tail().isPresent() ? tailStart(request.tail().getAsLong()) : 0;
      sendNew();
    }
    out.flush();
  }

  /** Sends what is there and what comes, until the container's output ends. */
  void follow(ContainerLog log) throws IOException, InterruptedException {
    long seen = log.version();
    send();
    while (left > 0) {
      boolean last = log.ended();
      if (last) {
        sendNew();
        out.flush();
        return;
      }
      log.awaitChange(seen);
      seen = log.version();
      sendNew();
      out.flush();
    }
  }

  private void sendNew() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    eachLine(
        position,
        (line, length, end) -> {
          position = end;
          Optional<LogLine> parsed = LogLine.parse(line, length);
          if (parsed.isPresent() && request.wants(parsed.get())) {
            write(request.render(parsed.get(), startsLine));
          }
          startsLine = parsed.map(LogLine::whole).orElse(true);
          return left > 0;
        });
  }

  private void write(byte[] bytes) throws IOException {
    int count = (int) Math.min(left, bytes.length);
    out.write(bytes, 0, count);
    left -= count;
  }

  /** Where the last so many whole lines begin; parts count with the line they belong to. */
  private long tailStart(long lines) throws IOException {
    if (lines == 0) {
      return Files.size(file);
    }
    long[] starts = new long[(int) Math.min(lines, 1_000_000)];
    long[] state = {0, 0, 1}; // lines seen, end of the last one, whether a line starts here
    eachLine(
        0,
        (line, length, end) -> {
          if (state[2] == 1) {
            starts[(int) (state[0]++ % starts.length)] = state[1];
          }
          state[1] = end;
          state[2] = LogLine.parse(line, length).map(LogLine::whole).orElse(true) ? 1 : 0;
          return true;
        });
    return state[0] <= starts.length ? 0 : starts[(int) (state[0] % starts.length)];
  }

  @FunctionalInterface
  private interface LineVisitor {
    /**
     * @return whether to go on
     */
    boolean visit(byte[] line, int length, long end) throws IOException;
  }

  private void eachLine(long from, LineVisitor visitor) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(from);
      InputStream in = Channels.newInputStream(channel);
      ByteArrayOutputStream line = new ByteArrayOutputStream(256);
      byte[] chunk = new byte[64 * 1024];
      long end = from;
      int count;
      while ((count = in.read(chunk)) > 0) {
        int start = 0;
        for (int i = 0; i < count; i++) {
          if (chunk[i] == '\n') {
            line.write(chunk, start, i - start);
            end += line.size() + 1;
            start = i + 1;
            if (!visitor.visit(line.toByteArray(), line.size(), end)) {
              return;
            }
            line.reset();
          }
        }
        line.write(chunk, start, count - start);
      }
    }
  }

  /** The last bytes of a log as plain text; for termination messages. */
  static String lastText(Path file, int lines, int bytes) throws IOException {
    LogRequest request = LogRequest.parse("tailLines=" + lines, Instant.EPOCH);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new LogReader(file, request, out).send();
    byte[] all = out.toByteArray();
    byte[] last = Arrays.copyOfRange(all, Math.max(0, all.length - bytes), all.length);
    return new String(last, StandardCharsets.UTF_8);
  }
}
