package io.sparkapp.bench;

import io.sparkapp.crds.QueueOrdering;
import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.operator.resourcemanager.ApplicationDemand;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import io.sparkapp.operator.resourcemanager.ApplicationId;
import io.sparkapp.operator.resourcemanager.Ceiling;
import io.sparkapp.operator.resourcemanager.Decisions;
import io.sparkapp.operator.resourcemanager.Pass;
import io.sparkapp.operator.resourcemanager.QueueTree;
import io.sparkapp.operator.resourcemanager.Resources;
import io.sparkapp.operator.resourcemanager.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The ResourceManager's pass over 10,000 applications with 100,000 executors in 500 queues: 20
 * teams, 24 queues each, half of the teams fair. The cluster is full: it has nine tenths of what is
 * wanted, so that in every queue somebody wants more or waits.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class QueuePassBenchmark {

  private static final int TEAMS = 20;
  private static final int QUEUES_OF_TEAM = 24;
  private static final Resources CORE = new Resources(1000, 4L << 30);
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  /** Applications. */
  @Param("10000")
  public int applications;

  /** Executors that each of them wants. */
  @Param("10")
  public int executors;

  private Snapshot nothingGranted;
  private Snapshot full;
  private ApplicationDemand[] changes;
  private int next;

  /** Builds the snapshots. */
  @Setup
  public void fill() {
    Random random = new Random(1);
    int wanted = applications * (executors + 1);
    Snapshot snapshot =
        Snapshot.EMPTY
            .withTree(QueueTree.of(queues(wanted), QueueTree.BARE).inForce())
            .withNodes(Ceiling.exactly(CORE.times(wanted * 9L / 10)));
    changes = new ApplicationDemand[applications];
    for (int each = 0; each < applications; each++) {
      changes[each] = demand(each, random.nextInt(TEAMS * QUEUES_OF_TEAM), executors);
      snapshot = snapshot.with(changes[each]);
    }
    nothingGranted = snapshot;
    full = Pass.over(nothingGranted, NOW).after();
    for (int each = 0; each < applications; each++) {
      ApplicationDemand demand = changes[each];
      changes[each] = demand(each, queueOf(demand), executors - 1);
    }
  }

  private static Map<String, SparkQueueSpec> queues(int wanted) {
    Map<String, SparkQueueSpec> queues = new TreeMap<>();
    for (int team = 0; team < TEAMS; team++) {
      queues.put("team" + team, queue(null, wanted / TEAMS / 2, false));
      for (int each = 0; each < QUEUES_OF_TEAM; each++) {
        queues.put(
            "queue" + (team * QUEUES_OF_TEAM + each),
            queue("team" + team, wanted / TEAMS / QUEUES_OF_TEAM / 3, team % 2 == 0));
      }
    }
    return queues;
  }

  private static SparkQueueSpec queue(String parent, int guaranteed, boolean fair) {
    SparkQueueSpec bare = SparkQueueSpec.under(parent);
    return new SparkQueueSpec(
        parent,
        Map.of("cpu", Integer.toString(guaranteed)),
        null,
        null,
        null,
        null,
        null,
        fair ? QueueOrdering.Fair : null,
        null,
        null,
        null,
        null,
        null,
        bare.perNamespace(),
        bare.perUser(),
        null,
        null,
        null,
        null,
        null);
  }

  private static ApplicationDemand demand(int number, int queue, int wanted) {
    return new ApplicationDemand(
        new ApplicationId("ns" + number % 100, "app" + number),
        "queue" + queue,
        Optional.empty(),
        Optional.empty(),
        0,
        NOW.minusSeconds(number),
        CORE,
        2,
        List.of(new Ask(0, CORE, wanted, 0, 0, 0, Optional.empty())),
        false);
  }

  private static int queueOf(ApplicationDemand demand) {
    return Integer.parseInt(demand.queue().substring("queue".length()));
  }

  /**
   * A pass over everything when everything is given out: what each change would cost without
   * sharing.
   */
  @Benchmark
  public Decisions passOverFullCluster() {
    return Pass.over(full, NOW);
  }

  /** A pass that gives out everything at once: after a start with nothing written down. */
  @Benchmark
  public Decisions passThatGrantsEverything() {
    return Pass.over(nothingGranted, NOW);
  }

  /** One application wants one executor less: its report, and the pass that gives it to another. */
  @Benchmark
  public Decisions oneApplicationChanges() {
    next = (next + 1) % changes.length;
    return Pass.over(full.with(changes[next]), NOW);
  }
}
