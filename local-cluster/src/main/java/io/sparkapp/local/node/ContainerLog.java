package io.sparkapp.local.node;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/**
 * The log of a running container: copies its output to the log file, a timestamp before each line,
 * and wakes those who follow it. Ends when all holders of the output have closed it, or when told.
 */
final class ContainerLog {
  /** A longer line is kept in parts, so that a process without line ends can't fill the memory. */
  private static final int LONGEST_PART = 16 * 1024;

  private final Path file;
  private final Clock clock;
  private long version;
  private boolean ended;

  ContainerLog(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  Path file() {
    return file;
  }

  /** Copies until the end of the output; to be called once, in a thread of its own. */
  void copy(InputStream output) throws IOException {
    try (output;
        OutputStream log =
            new BufferedOutputStream(
                Files.newOutputStream(
                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
      copyLines(output, log);
    } finally {
      end();
    }
  }

  /** Nothing more will come: those who follow may stop. */
  synchronized void end() {
    ended = true;
    version++;
    notifyAll();
  }

  /** A number that grows whenever the log does. */
  synchronized long version() {
    return version;
  }

  synchronized boolean ended() {
    return ended;
  }

  /** Waits until the log has grown beyond a version, or has ended. */
  synchronized void awaitChange(long seen) throws InterruptedException {
    while (version == seen && !ended) {
      wait();
    }
  }

  private void copyLines(InputStream output, OutputStream log) throws IOException {
    byte[] chunk = new byte[8192];
    byte[] line = new byte[LONGEST_PART];
    int length = 0;
    int count;
    while ((count = output.read(chunk)) >= 0) {
      for (int i = 0; i < count; i++) {
        if (chunk[i] == '\n') {
          write(log, true, line, length);
          length = 0;
        } else {
          if (length == LONGEST_PART) {
            write(log, false, line, length);
            length = 0;
          }
          line[length++] = chunk[i];
        }
      }
      log.flush();
      grown();
    }
    if (length > 0) {
      write(log, false, line, length);
    }
  }

  private void write(OutputStream log, boolean whole, byte[] line, int length) throws IOException {
    log.write(LogLine.encode(clock.instant(), whole, line, length));
  }

  private synchronized void grown() {
    version++;
    notifyAll();
  }
}
