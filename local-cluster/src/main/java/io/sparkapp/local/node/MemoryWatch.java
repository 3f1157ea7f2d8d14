package io.sparkapp.local.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ends containers that use more memory than their limit, as the kernel's out-of-memory killer does
 * where there are control groups. Counts what can't be taken back from a process: its own and its
 * shared memory, not its pages of files. Where there is no {@code /proc}, nothing is watched.
 */
final class MemoryWatch {
  private static final Duration PERIOD = Duration.ofMillis(200);

  /**
   * Only every so many rounds all processes are listed, which costs more than reading known ones.
   */
  private static final int ROUNDS_PER_LISTING = 5;

  private static final Pattern OWN = Pattern.compile("(?m)^Rss(?:Anon|Shmem):\\s+(\\d+) kB$");

  private static final class Watched {
    private final ProcessHandle first;
    private final long limit;
    private final Runnable onExceeded;
    private List<ProcessHandle> tree;

    private Watched(ProcessHandle first, long limit, Runnable onExceeded) {
      this.first = first;
      this.limit = limit;
      this.onExceeded = onExceeded;
      this.tree = List.of(first);
    }
  }

  private final Map<Long, Watched> watched = new ConcurrentHashMap<>();
  private int round;

  void start(Timers timers) {
    if (Files.exists(Path.of("/proc/self/status"))) {
      timers.every(PERIOD, this::look);
    }
  }

  /**
   * Watches a process and its descendants while it lives.
   *
   * @param limit bytes
   * @param onExceeded called once, must be quick
   */
  void watch(ProcessHandle first, long limit, Runnable onExceeded) {
    watched.put(first.pid(), new Watched(first, limit, onExceeded));
  }

  private void look() {
    boolean list = round++ % ROUNDS_PER_LISTING == 0;
    watched.values().removeIf(container -> !container.first.isAlive());
    for (Watched container : watched.values()) {
      if (list) {
        container.tree = ProcessTree.of(container.first);
      }
      long used = container.tree.stream().mapToLong(MemoryWatch::ownMemory).sum();
      if (used > container.limit) {
        watched.remove(container.first.pid());
        container.onExceeded.run();
      }
    }
  }

  private static long ownMemory(ProcessHandle process) {
    try {
      return ownMemory(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
    } catch (IOException e) {
      return 0; // It has ended.
    }
  }

  /** Bytes, from proc(5)'s status; a zombie's has no such lines. */
  static long ownMemory(String status) {
    Matcher matcher = OWN.matcher(status);
    long kilobytes = 0;
    while (matcher.find()) {
      kilobytes += Long.parseLong(matcher.group(1));
    }
    return kilobytes * 1024;
  }
}
