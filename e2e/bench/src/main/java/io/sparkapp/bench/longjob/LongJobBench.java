package io.sparkapp.bench.longjob;

import io.sparkapp.bench.Row;
import io.sparkapp.bench.Wanted;
import io.sparkapp.bench.apiserver.Results;
import io.sparkapp.bench.firsttask.ProductCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One job as a SparkApp and on Spark's standalone backend, by turns; measured within the job, once
 * its executors are at work. {@code -Drounds} is how often the job repeats what it does, {@code
 * -Dturns} how often each runs it; {@code -Djava.options} are ours instead of what it has, {@code
 * -Dspark.conf} is more for ours, as in a SparkApp.
 */
public final class LongJobBench {

  /** Some five minutes on two cores with nothing else to do; the short form is mostly warm-up. */
  private static final int SQL_ROUNDS = 45;

  private static final int SQL_ROUNDS_IN_SHORT = 3;

  /** Of 10,000 tasks. */
  private static final int TASK_ROUNDS = 10;

  private static final int TASK_ROUNDS_IN_SHORT = 2;

  private final ProductCluster cluster;

  private LongJobBench(ProductCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Measures.
   *
   * @param args {@code sql} or {@code tiny-tasks}
   */
  public static void main(String[] args) throws Exception {
    try (ProductCluster cluster = ProductCluster.start()) {
      LongJobBench bench = new LongJobBench(cluster);
      switch (args[0]) {
        case "sql" -> bench.sql();
        case "tiny-tasks" -> bench.tinyTasks();
        default ->
            throw new IllegalArgumentException(
                "A long job is sql or tiny-tasks, not " + args[0] + ".");
      }
    }
  }

  private void sql() throws IOException, InterruptedException {
    Job job = new Job("sql", rounds(SQL_ROUNDS, SQL_ROUNDS_IN_SHORT));
    try (OnStandalone standalone = standalone("standalone", Map.of())) {
      Contender ours = new OnOurs(cluster, "");
      Map<Contender, List<Taken>> taken = byTurns(job, List.of(ours, standalone));
      compare("a long SQL job", taken, ours, standalone, Taken::time, 1.01);
      compare("processor time of a long SQL job", taken, ours, standalone, Taken::cpu, 1.01);
    }
  }

  private void tinyTasks() throws IOException, InterruptedException {
    Job job = new Job("tiny-tasks", rounds(TASK_ROUNDS, TASK_ROUNDS_IN_SHORT));
    // What is compared is our backend and its listener: on both sides the JVM chooses.
    Contender ours = new OnOurs(cluster, OnOurs.JVMS_OWN_CHOICE);
    try (OnStandalone plain = standalone("standalone", Map.of())) {
      compareTinyTasks("", byTurns(job, List.of(ours, plain)), ours, plain);
    }
    if (Results.alikeToo()) {
      try (OnStandalone encrypted = standalone("standalone-encrypted", OnStandalone.ENCRYPTED)) {
        compareTinyTasks(
            ", both encrypted", byTurns(job, List.of(ours, encrypted)), ours, encrypted);
      }
    }
  }

  private static void compareTinyTasks(
      String how, Map<Contender, List<Taken>> taken, Contender ours, Contender other) {
    compare("many tiny tasks" + how, taken, ours, other, Taken::time, 1.02);
    compare(
        "driver's processor time of many tiny tasks" + how,
        taken,
        ours,
        other,
        Taken::driverCpu,
        1.02);
  }

  private OnStandalone standalone(String name, Map<String, String> more) throws IOException {
    return new OnStandalone(name, cluster.spark().home(), cluster.examples(), more);
  }

  private static int rounds(int full, int inShort) {
    return Integer.getInteger("rounds", Results.shortForm() ? inShort : full);
  }

  private static Map<Contender, List<Taken>> byTurns(Job job, List<Contender> all)
      throws IOException, InterruptedException {
    Map<Contender, List<Taken>> taken = new LinkedHashMap<>();
    all.forEach(each -> taken.put(each, new ArrayList<>()));
    for (int turn = 1; turn <= Integer.getInteger("turns", 1); turn++) {
      for (Contender each : all) {
        String app = job.kind() + "-" + each.name() + "-" + turn;
        Path result = Results.file(app + ".txt");
        Files.deleteIfExists(result);
        each.run(app, job, result);
        Taken one = Taken.read(result);
        Results.note(job.kind() + ".tsv", app, job.rounds(), one);
        taken.get(each).add(one);
      }
    }
    long answers =
        taken.values().stream().flatMap(List::stream).mapToLong(Taken::answer).distinct().count();
    if (answers > 1) {
      throw new IllegalStateException("They did not all do the same, for their answers differ.");
    }
    return taken;
  }

  private static void compare(
      String what,
      Map<Contender, List<Taken>> taken,
      Contender ours,
      Contender other,
      ToDoubleFunction<Taken> figure,
      double wanted) {
    Row.against(
            what,
            least(taken.get(ours), figure),
            other.name(),
            least(taken.get(other), figure),
            "s",
            Wanted.atMost(wanted))
        .write();
  }

  /** Whatever else the machine has to do only adds. */
  private static double least(List<Taken> turns, ToDoubleFunction<Taken> figure) {
    return turns.stream().mapToDouble(figure).min().orElseThrow();
  }
}
