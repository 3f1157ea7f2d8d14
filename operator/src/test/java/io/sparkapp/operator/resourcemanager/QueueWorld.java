package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Reclaim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cluster in memory: applications and what is written about them, pods, queues, time, and an
 * operator that can be killed. All that the next operator knows is what is written.
 */
final class QueueWorld {

  static final List<String> QUEUES = List.of("a", "b", "c", "a1", "a2", "default");

  final SortedMap<String, SparkQueueSpec> specs = new TreeMap<>();
  final List<Life> lives = new ArrayList<>();
  private QueueTree tree = QueueTree.BARE;
  private Ceiling nodes;
  private Snapshot memory = Snapshot.EMPTY;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private int submitted;

  /** One application: what it wants, what is written about it, which pods it has. */
  static final class Life {
    final ApplicationId id;
    final Optional<String> user;
    final int priority;
    final Instant since;
    final Resources driver;
    final Resources executor;
    final int gang;
    String queue;
    int wanted;
    boolean admitted;
    String chargedTo;
    int granted;
    Optional<Reclaim> reclaim = Optional.empty();
    int pods;

    /** Pods on their way out. */
    int leaving;

    Life(ApplicationId id, QueueEvent.Submitted event, Instant since, String queue) {
      this.id = id;
      this.user = event.user() == 0 ? Optional.empty() : Optional.of("user" + event.user());
      this.priority = event.priority();
      this.since = since;
      this.driver = event.driver();
      this.executor = event.executor();
      this.gang = event.gang();
      this.wanted = Math.max(event.gang(), event.wanted());
      this.queue = queue;
    }

    ApplicationDemand demand() {
      return new ApplicationDemand(
          id,
          queue,
          Optional.ofNullable(chargedTo),
          user,
          priority,
          since,
          driver,
          gang,
          List.of(
              new Ask(
                  0,
                  executor,
                  wanted == 0 ? 0 : wanted + leaving,
                  granted,
                  pods + leaving,
                  leaving,
                  pods / 2,
                  reclaim)),
          admitted);
    }

    /** The reclaim that is still to be carried out. */
    void tidyUp() {
      reclaim = reclaim.filter(going -> going.goesOn(pods, leaving));
    }

    /** How many pods may run beside those on their way out, by what is granted. */
    int target() {
      return reclaim.isPresent() ? granted : granted - leaving;
    }

    void write(Application decided) {
      admitted = decided.admitted();
      chargedTo = decided.queue();
      granted = decided.demand().asks().get(0).granted();
      reclaim = decided.demand().asks().get(0).reclaim();
    }
  }

  /** A pass: what was before it, and what came out. */
  record Turn(Snapshot before, Decisions outcome, Instant now) {}

  QueueWorld(Ceiling nodes) {
    this.nodes = nodes;
    memory = memory.withNodes(nodes);
  }

  Snapshot memory() {
    return memory;
  }

  Instant now() {
    return now;
  }

  /** What happens, and the passes that follow. */
  List<Turn> happens(QueueEvent event) {
    if (event instanceof QueueEvent.Killed killed) {
      return List.of(dies(killed.writes()), pass());
    }
    apply(event);
    Turn turn = pass();
    List<Decision> takenBack =
        turn.outcome().decisions().stream().filter(Decision.TakenBack.class::isInstance).toList();
    if (takenBack.isEmpty()) {
      return List.of(turn);
    }
    // Whoever is told something reports again.
    takenBack.forEach(
        decision ->
            lives.stream()
                .filter(life -> life.id.equals(decision.application()))
                .forEach(
                    life -> {
                      life.tidyUp();
                      report(life);
                    }));
    return List.of(turn, pass());
  }

  private void apply(QueueEvent event) {
    if (event instanceof QueueEvent.Submitted submit) {
      submitted++;
      ApplicationId id = new ApplicationId("ns" + submit.namespace(), "app" + submitted);
      lives.add(new Life(id, submit, now.plusMillis(submitted), queue(submit.queue())));
      report(lives.get(lives.size() - 1));
    } else if (event instanceof QueueEvent.QueueChanged change) {
      specs.put(queue(change.queue()), change.spec());
      checkQueues();
    } else if (event instanceof QueueEvent.QueueDeleted gone) {
      specs.remove(queue(gone.queue()));
      checkQueues();
    } else if (event instanceof QueueEvent.NodesChanged change) {
      nodes = Ceiling.exactly(change.capacity());
      memory = memory.withNodes(nodes);
    } else if (event instanceof QueueEvent.TimePassed time) {
      now = now.plus(Duration.ofSeconds(time.seconds()));
    } else if (!lives.isEmpty()) {
      applyToOne(event);
    }
  }

  private void applyToOne(QueueEvent event) {
    if (event instanceof QueueEvent.Asked ask) {
      Life life = life(ask.application());
      life.wanted = Math.max(life.gang, ask.wanted());
      report(life);
    } else if (event instanceof QueueEvent.Ended end) {
      Life life = life(end.application());
      lives.remove(life);
      memory = memory.without(life.id);
    } else if (event instanceof QueueEvent.PodsArrived arrival) {
      Life life = life(arrival.application());
      life.pods = Math.max(life.pods, Math.min(life.wanted, life.target()));
      report(life);
    } else if (event instanceof QueueEvent.Obeyed obeyed) {
      Life life = life(obeyed.application());
      // A driver also lets go what it does not want any more.
      int stay = life.reclaim.map(Reclaim::total).orElse(Math.min(life.wanted, life.target()));
      int stays = Math.max(Math.min(life.pods, Math.max(0, stay)), life.pods - obeyed.executors());
      life.leaving += life.pods - stays;
      life.pods = stays;
      life.tidyUp();
      report(life);
    } else if (event instanceof QueueEvent.PodsWent went) {
      Life life = life(went.application());
      life.leaving = Math.max(0, life.leaving - went.pods());
      life.tidyUp();
      report(life);
    } else if (event instanceof QueueEvent.SentTo sent) {
      Life life = life(sent.application());
      life.queue = queue(sent.queue());
      report(life);
    }
  }

  private void report(Life life) {
    memory = memory.with(life.demand());
  }

  private void checkQueues() {
    tree = QueueTree.of(specs, tree).inForce();
    memory = memory.withTree(tree);
  }

  private Turn pass() {
    Turn turn = new Turn(memory, Pass.over(memory, now), now);
    memory = turn.outcome().after();
    lives.forEach(life -> memory.find(life.id).ifPresent(life::write));
    return turn;
  }

  /** Only so many of its decisions are written; the rest nobody ever hears of. */
  private Turn dies(int writes) {
    Turn turn = new Turn(memory, Pass.over(memory, now), now);
    turn.outcome().decisions().stream()
        .map(Decision::application)
        .distinct()
        .limit(writes)
        .forEach(
            id ->
                lives.stream()
                    .filter(life -> life.id.equals(id))
                    .forEach(life -> turn.outcome().after().find(id).ifPresent(life::write)));
    memory = Snapshot.EMPTY.withNodes(nodes).withTree(tree);
    lives.forEach(this::report);
    return turn;
  }

  /** Who has more pods than it is charged for. */
  List<String> overdrawn() {
    return lives.stream()
        .filter(life -> life.admitted)
        .filter(
            life -> {
              Resources pods = life.driver.plus(life.executor.times(life.pods + life.leaving));
              return !pods.fitsIn(memory.find(life.id).orElseThrow().charge());
            })
        .map(life -> life.id + " has more pods than it is charged for")
        .toList();
  }

  private Life life(int number) {
    return lives.get(number % lives.size());
  }

  private static String queue(int number) {
    return QUEUES.get(number % QUEUES.size());
  }

  Map<String, SparkQueueSpec> inForce() {
    Map<String, SparkQueueSpec> specsInForce = new TreeMap<>();
    tree.names()
        .forEach(name -> specsInForce.put(name, tree.spec(name).orElse(SparkQueueSpec.DEFAULT)));
    return specsInForce;
  }
}
