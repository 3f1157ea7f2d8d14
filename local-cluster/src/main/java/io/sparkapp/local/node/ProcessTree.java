package io.sparkapp.local.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processes of a container: its first one and what that started. Where the platform has {@code
 * setsid} and {@code /proc}, the container's session tells them, also those whose parent has ended;
 * elsewhere the descendants do.
 */
final class ProcessTree {
  private static final Path PROC = Path.of("/proc");

  private ProcessTree() {}

  /** The command to start a process in a session of its own, to be put before its own command. */
  static List<String> sessionPrefix() {
    return Stream.of("/usr/bin/setsid", "/bin/setsid")
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .map(List::of)
        .orElse(List.of());
  }

  /** All live processes of the tree, the first one included if it lives. */
  static List<ProcessHandle> of(ProcessHandle first) {
    Map<Long, ProcessHandle> tree = new LinkedHashMap<>();
    if (first.isAlive()) {
      tree.put(first.pid(), first);
    }
    first.descendants().forEach(child -> tree.put(child.pid(), child));
    inSession(first.pid()).forEach(member -> tree.put(member.pid(), member));
    return List.copyOf(tree.values());
  }

  private static List<ProcessHandle> inSession(long session) {
    if (!Files.isDirectory(PROC.resolve("self"))) {
      return List.of();
    }
    try (Stream<Path> processes = Files.list(PROC)) {
      return processes
          .filter(path -> Character.isDigit(path.getFileName().toString().charAt(0)))
          .filter(path -> sessionOf(path).filter(id -> id == session).isPresent())
          .flatMap(path -> ProcessHandle.of(pid(path)).stream())
          .toList();
    } catch (IOException e) {
      return List.of(); // No /proc to list here; the descendants are what is known.
    }
  }

  private static Optional<Long> sessionOf(Path process) {
    try {
      return Optional.of(sessionOf(Files.readString(process.resolve("stat"))));
    } catch (IOException e) {
      return Optional.empty(); // It has ended between listing and reading.
    }
  }

  /** Field 6 of proc(5)'s stat; counted from the last parenthesis, as a name may contain any. */
  static long sessionOf(String stat) {
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
  }

  private static long pid(Path process) {
    return Long.parseLong(process.getFileName().toString());
  }
}
