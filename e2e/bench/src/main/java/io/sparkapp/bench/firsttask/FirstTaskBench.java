package io.sparkapp.bench.firsttask;

import io.sparkapp.bench.Row;
import io.sparkapp.bench.Wanted;
import io.sparkapp.bench.apiserver.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * From the start of the command that submits an application until its first task runs, and the
 * processor time until then: ours, spark-submit's and, if it is wanted, spark-submit's with the JVM
 * options that ours has, by turns, after one of each that warms up.
 */
public final class FirstTaskBench {

  private static final int RUNS = 5;
  private static final int RUNS_IN_SHORT = 3;
  private static final double MILLIS = 1e3;

  private final Path stamps = Results.file("first-task-stamps");

  private FirstTaskBench() {}

  /** What one application took, in seconds. */
  private record Taken(
      double firstTask, double submitter, double driver, double executors, double servants) {

    double cpu() {
      return submitter + driver + executors + servants;
    }
  }

  /** Measures. */
  public static void main(String[] args) throws Exception {
    try (ProductCluster cluster = ProductCluster.start()) {
      new FirstTaskBench()
          .measure(
              new SparkApps(cluster),
              SparkSubmit.plain(cluster),
              SparkSubmit.withOurJvmOptions(cluster));
    }
  }

  private void measure(Contender ours, Contender other, Contender tuned) throws Exception {
    List<Contender> all = Results.alikeToo() ? List.of(ours, other, tuned) : List.of(ours, other);
    Map<Contender, List<Taken>> taken = new LinkedHashMap<>();
    for (Contender each : all) {
      run(each, "warm-up");
      taken.put(each, new ArrayList<>());
    }
    int runs = Results.shortForm() ? RUNS_IN_SHORT : RUNS;
    for (int turn = 1; turn <= runs; turn++) {
      for (Contender each : all) {
        taken.get(each).add(run(each, Integer.toString(turn)));
      }
    }
    compare("", taken.get(ours), other, taken.get(other));
    if (Results.alikeToo()) {
      compare(", same JVM options", taken.get(ours), tuned, taken.get(tuned));
    }
  }

  private static void compare(String how, List<Taken> ours, Contender other, List<Taken> others) {
    Row.against(
            "apply to first task, two executors" + how,
            median(ours, Taken::firstTask),
            other.name(),
            median(others, Taken::firstTask),
            "s",
            Wanted.atMost(0.2))
        .write();
    Row.against(
            "processor time until the first task, two executors" + how,
            median(ours, Taken::cpu),
            other.name(),
            median(others, Taken::cpu),
            "s",
            Wanted.atMost(0.3))
        .write();
  }

  private Taken run(Contender contender, String turn) throws IOException, InterruptedException {
    String app = contender.name() + "-" + turn;
    Path times = stamps.resolve(app);
    Files.createDirectories(times);
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
    Results.note("first-task.tsv", app, taken);
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
