package io.sparkapp.local.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process and no later one that got the same number.
 *
 * @param birth on Linux the boot's id and the start in clock ticks since that boot, which no change
 *     of the clock moves; elsewhere the start instant
 */
public record ProcessIdentity(long pid, String birth) {

  /** The identity of a process, unless it has ended already. */
  public static Optional<ProcessIdentity> of(ProcessHandle process) {
    return birth(process).map(birth -> new ProcessIdentity(process.pid(), birth));
  }

  /** The identity of the JVM that asks. */
  public static ProcessIdentity ofThisProcess() {
    return of(ProcessHandle.current())
        .orElseThrow(() -> new IllegalStateException("a running process has a start"));
  }

  /** Reads what {@link #toText} wrote; empty when it is anything else. */
  public static Optional<ProcessIdentity> parse(String text) {
    String[] parts = text.strip().split(" ", 2);
    return parts.length == 2 && parts[0].matches("\\d{1,18}")
        ? Optional.of(new ProcessIdentity(Long.parseLong(parts[0]), parts[1]))
        : Optional.empty();
  }

  public String toText() {
    return pid + " " + birth;
  }

  /** The very process, while it runs. */
  public Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> birth(process).filter(birth::equals).isPresent());
  }

  private static Optional<String> birth(ProcessHandle process) {
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      String bootId = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      return Optional.of(bootId + ":" + startTicks(Files.readString(stat)));
    } catch (IOException e) {
      // No /proc (macOS), or the process has just ended, and then the instant is empty as well.
      return process.info().startInstant().map(Object::toString);
    }
  }

  /** Field 22 of proc(5)'s stat; counted from the last parenthesis, as a name may contain any. */
  static String startTicks(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
  }
}
