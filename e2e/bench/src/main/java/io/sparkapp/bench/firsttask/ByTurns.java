package io.sparkapp.bench.firsttask;

import io.sparkapp.bench.Row;
import io.sparkapp.bench.Wanted;
import io.sparkapp.bench.apiserver.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * From the start of the command that submits an application until its first task runs, and the
 * processor time until then: all contenders by turns, after one of each that warms up.
 */
public final class ByTurns {

  private static final int RUNS = Integer.getInteger("turns", 3);
  private static final double MILLIS = 1e3;
  private static final Set<PosixFilePermission> EVERYBODY =
      PosixFilePermissions.fromString("rwxrwxrwx");

  private final String part;
  private final String where;

  /**
   * Nothing is measured yet.
   *
   * @param part what the file of raw figures is called
   * @param where that is measured, as the rows say it from its space on; empty for the local
   *     cluster
   */
  public ByTurns(String part, String where) {
    this.part = part;
    this.where = where;
  }

  /** Where tasks of all applications leave the times at which they run. */
  public static Path stamps() {
    return Results.file("first-task-stamps").toAbsolutePath();
  }

  /** What one application took, in seconds. */
  private record Taken(
      double firstTask, double submitter, double driver, double executors, double servants) {

    double cpu() {
      return submitter + driver + executors + servants;
    }
  }

  /** Measures, and writes the rows that it returns: ours beside each of the others. */
  public List<Row> measure(Contender ours, List<Contender> others)
      throws IOException, InterruptedException {
    Map<Contender, List<Taken>> taken = new LinkedHashMap<>();
    taken.put(ours, new ArrayList<>());
    others.forEach(other -> taken.put(other, new ArrayList<>()));
    for (Contender each : taken.keySet()) {
      run(each, "warm-up");
    }
    for (int turn = 1; turn <= RUNS; turn++) {
      for (Map.Entry<Contender, List<Taken>> each : taken.entrySet()) {
        each.getValue().add(run(each.getKey(), Integer.toString(turn)));
      }
    }
    List<Row> rows =
        others.stream()
            .flatMap(other -> rows(taken.get(ours), other, taken.get(other)).stream())
            .toList();
    rows.forEach(Row::write);
    return rows;
  }

  private List<Row> rows(List<Taken> ours, Contender other, List<Taken> others) {
    String how = where + ", two executors" + other.how();
    return List.of(
        Row.against(
            "apply to first task" + how,
            median(ours, Taken::firstTask),
            other.name(),
            median(others, Taken::firstTask),
            "s",
            Wanted.atMost(0.2)),
        Row.against(
            "processor time until the first task" + how,
            median(ours, Taken::cpu),
            other.name(),
            median(others, Taken::cpu),
            "s",
            Wanted.atMost(0.3)));
  }

  private Taken run(Contender contender, String turn) throws IOException, InterruptedException {
    String app = contender.name() + "-" + turn;
    Path times = Files.createDirectories(stamps().resolve(app));
    Files.setPosixFilePermissions(times, EVERYBODY);
    for (Path old : files(times)) {
      Files.delete(old);
    }
    PodProcesses pods = new PodProcesses(app);
    TimedCommand submission =
        new TimedCommand(contender.submission(app, times), contender.environment());
    Duration servants = contender.servants();
    Instant from = Instant.now();
    Duration submitter = submission.run();
    await().until(() -> !files(times).isEmpty());
    Duration driver = pods.driverCpu();
    Duration executors = pods.executorsCpu();
    servants = contender.servants().minus(servants);
    await().until(() -> contender.succeeded(app));
    Taken taken =
        new Taken(
            seconds(Duration.between(from, first(times))),
            seconds(submitter),
            seconds(driver),
            seconds(executors),
            seconds(servants));
    Results.note(part + ".tsv", app, taken);
    contender.delete(app);
    await().until(pods::ended);
    // What is left to be tidied up must not be the next one's burden.
    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    return taken;
  }

  private static ConditionFactory await() {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20));
  }

  private static Instant first(Path times) throws IOException {
    List<Instant> all = new ArrayList<>();
    for (Path file : files(times)) {
      all.add(Instant.parse(Files.readString(file)));
    }
    return all.stream().min(Instant::compareTo).orElseThrow();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS;
  }

  private static double median(List<Taken> runs, ToDoubleFunction<Taken> figure) {
    return runs.stream().mapToDouble(figure).sorted().skip(runs.size() / 2).findFirst().orElse(0);
  }
}
