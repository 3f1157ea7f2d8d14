package io.sparkapp.examples;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A job to be measured: queries, or many tasks that do almost nothing. Arguments: {@code sql} or
 * {@code tiny-tasks}; how many rounds; how many executors it is to have; and a file, from the root
 * on but without the first slash: the local cluster would take it for a path in the image. The
 * driver writes there, with tabs between, the seconds that the job took once all executors were at
 * work, the processor time in seconds that driver and executors took for it, the job's answer, and
 * the seconds of each round.
 */
public final class LongJob {

  private static final int TASKS_PER_ROUND = 10_000;
  private static final int LOOKS_PER_EXECUTOR = 4;
  private static final double NANOS = 1e9;

  private LongJob() {}

  /** Processor time of a process so far. */
  private record Spent(long process, long nanos) implements Serializable {

    static Spent here() {
      ProcessHandle self = ProcessHandle.current();
      return new Spent(
          self.pid(), self.info().totalCpuDuration().map(Duration::toNanos).orElse(0L));
    }
  }

  public static void main(String[] args) throws IOException {
    int rounds = Integer.parseInt(args[1]);
    int executors = Integer.parseInt(args[2]);
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      IntToLongFunction round = round(args[0], spark, context);
      long executorsFrom = ofExecutors(context, executors);
      long driverFrom = Spent.here().nanos();
      List<String> times = new ArrayList<>();
      long from = System.nanoTime();
      long answer = 0;
      for (int each = 0; each < rounds; each++) {
        long before = System.nanoTime();
        answer += round.applyAsLong(each);
        times.add(seconds(System.nanoTime() - before));
      }
      String all = seconds(System.nanoTime() - from);
      String driver = seconds(Spent.here().nanos() - driverFrom);
      String others = seconds(ofExecutors(context, executors) - executorsFrom);
      Files.writeString(
          Path.of("/" + args[3]),
          String.join("\t", all, driver, others, Long.toString(answer), String.join(" ", times)));
    }
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.2f", nanos / NANOS);
  }

  private static IntToLongFunction round(
      String kind, SparkSession spark, JavaSparkContext context) {
    return switch (kind) {
      case "sql" -> round -> Queries.round(spark, round);
      case "tiny-tasks" -> round -> tinyTasks(context);
      default ->
          throw new IllegalArgumentException("A long job is sql or tiny-tasks, not " + kind + ".");
    };
  }

  private static long tinyTasks(JavaSparkContext context) {
    return context
        .parallelize(Collections.nCopies(TASKS_PER_ROUND, 1), TASKS_PER_ROUND)
        .filter(each -> each == 1)
        .count();
  }

  /** All executors' processor time so far; it asks until so many have answered. */
  private static long ofExecutors(JavaSparkContext context, int executors) {
    Map<Long, Long> spent = new TreeMap<>();
    while (spent.size() < executors) {
      int tasks = LOOKS_PER_EXECUTOR * executors;
      List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
      context
          .parallelize(numbers, tasks)
          .map(each -> Spent.here())
          .collect()
          .forEach(each -> spent.merge(each.process(), each.nanos(), Math::max));
    }
    return spent.values().stream().mapToLong(Long::longValue).sum();
  }
}
