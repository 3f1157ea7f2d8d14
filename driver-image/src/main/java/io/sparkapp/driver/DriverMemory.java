package io.sparkapp.driver;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this JVM uses, and the processes that it has started: the program, when that is Python's.
 * The kernel itself remembers the most that a process ever had resident ({@code VmHWM}).
 */
final class DriverMemory {

  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+([0-9]+) kB");
  private static final int KIBIBYTE = 10;

  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final Path proc;

  DriverMemory() {
    this(Path.of("/proc"));
  }

  DriverMemory(Path proc) {
    this.proc = proc;
  }

  /** Costs a microsecond. */
  MemoryPeak ofJvm() {
    MemoryUsage beyond = memory.getNonHeapMemoryUsage();
    long buffers =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(pool -> Math.max(0, pool.getMemoryUsed()))
            .sum();
    return new MemoryPeak(memory.getHeapMemoryUsage().getUsed(), beyond.getUsed() + buffers, -1);
  }

  /** Looks through the processes that this one has started. */
  MemoryPeak beside() {
    long sum =
        ProcessHandle.current().descendants().mapToLong(process -> peak(process.pid())).sum();
    return new MemoryPeak(0, 0, sum);
  }

  long peak(long pid) {
    try {
      Matcher line = PEAK.matcher(Files.readString(proc.resolve(pid + "/status")));
      return line.find() ? Long.parseLong(line.group(1)) << KIBIBYTE : 0;
    } catch (IOException e) {
      // It has just ended, or there is no /proc here: nothing is known of it.
      return 0;
    }
  }
}
