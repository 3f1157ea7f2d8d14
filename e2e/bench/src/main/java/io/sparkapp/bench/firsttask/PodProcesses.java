package io.sparkapp.bench.firsttask;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The processes of an application's pods on this machine, in containers or not: each has its pod's
 * name as HOSTNAME.
 *
 * @param app what the pods' names begin with
 */
public record PodProcesses(String app) {

  private static final Path PROC = Path.of("/proc");
  private static final String NAME = "HOSTNAME=";

  /** What proc(5) counts in is 1/100 s on every Linux. */
  private static final int MILLIS_PER_TICK = 10;

  /** Fields 14 to 17: its own and its ended children's, user and system. */
  private static final int FIRST_TIME = 11;

  private static final int AFTER_TIMES = 15;

  /** Processor time of the driver so far. */
  Duration driverCpu() {
    return cpu(pod -> !isExecutor(pod));
  }

  /** Processor time of all executors so far. */
  Duration executorsCpu() {
    return cpu(PodProcesses::isExecutor);
  }

  /** Processor time of all of them so far. */
  public Duration cpu() {
    return cpu(pod -> true);
  }

  /** Whether none is left. */
  boolean ended() {
    return pods().isEmpty();
  }

  private static boolean isExecutor(String pod) {
    return pod.contains("-exec-");
  }

  private Duration cpu(Predicate<String> which) {
    long ticks =
        pods().stream()
            .filter(process -> which.test(process.pod()))
            .mapToLong(PodProcess::ticks)
            .sum();
    return Duration.ofMillis(ticks * MILLIS_PER_TICK);
  }

  private record PodProcess(String pod, long ticks) {}

  private List<PodProcess> pods() {
    try (Stream<Path> processes = Files.list(PROC)) {
      return processes
          .filter(path -> Character.isDigit(path.getFileName().toString().charAt(0)))
          .flatMap(path -> read(path).stream())
          .filter(process -> process.pod().startsWith(app + "-"))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("Processes are measured where there is a /proc.", e);
    }
  }

  private static Optional<PodProcess> read(Path process) {
    try {
      // Neither an environment nor a name need be text.
      String environment =
          Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      return Stream.of(environment.split("\0"))
          .filter(variable -> variable.startsWith(NAME))
          .findFirst()
          .map(variable -> new PodProcess(variable.substring(NAME.length()), ticks(stat)));
    } catch (IOException e) {
      return Optional.empty(); // It has ended between listing and reading, or is another user's.
    }
  }

  /** Counted from the last parenthesis, as a name may contain any. */
  static long ticks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int field = FIRST_TIME; field < AFTER_TIMES; field++) {
      ticks += Long.parseLong(fields[field]);
    }
    return ticks;
  }
}
