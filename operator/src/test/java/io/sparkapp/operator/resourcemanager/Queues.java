package io.sparkapp.operator.resourcemanager;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A small cluster for examples: queues as users write them, applications in a line or two. */
final class Queues {

  private static final Resources CORE = new Resources(1000, 1L << 30);

  private final SortedMap<String, SparkQueueSpec> specs = new TreeMap<>();
  private Snapshot snapshot = Snapshot.EMPTY;
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");
  private int submitted;
  private List<Decision> decided = List.of();

  /** A cluster of nodes with so many cores, and a GiB for each. */
  static Queues onCores(int cores) {
    Queues queues = new Queues();
    queues.snapshot = queues.snapshot.withNodes(Ceiling.exactly(CORE.times(cores)));
    return queues;
  }

  /** Makes or changes a queue. */
  Queues queue(String name, String yaml) {
    specs.put(name, spec(yaml));
    snapshot = snapshot.withTree(QueueTree.of(specs, snapshot.tree()).inForce());
    return pass();
  }

  static SparkQueueSpec spec(String yaml) {
    return yaml.isEmpty()
        ? SparkQueueSpec.DEFAULT
        : Serialization.unmarshal("---\n" + yaml, SparkQueueSpec.class);
  }

  Queues namespace(String name, Map<String, String> labels) {
    snapshot = snapshot.withNamespaces(Map.of(name, labels));
    return pass();
  }

  /** Submits an application whose driver and executors have a core each, the minimum first. */
  Queues submit(String name, String queue, int minimum, int wanted) {
    return submit(name, queue, minimum, wanted, 0, Optional.empty());
  }

  Queues submit(
      String name, String queue, int minimum, int wanted, int priority, Optional<String> user) {
    return submit(name, queue, minimum, wanted, priority, user, CORE);
  }

  /** Submits an application whose executors are as large as that. */
  Queues submit(String name, String queue, int minimum, int wanted, Resources executor) {
    return submit(name, queue, minimum, wanted, 0, Optional.empty(), executor);
  }

  private Queues submit(
      String name,
      String queue,
      int minimum,
      int wanted,
      int priority,
      Optional<String> user,
      Resources executor) {
    submitted++;
    Ask ask = new Ask(0, executor, wanted, 0, 0, 0, Optional.empty());
    report(
        new ApplicationDemand(
            id(name),
            queue,
            Optional.empty(),
            user,
            priority,
            now.plusMillis(submitted),
            CORE,
            minimum,
            List.of(ask),
            false));
    return pass();
  }

  /** All pods that were granted come up, {@code idle} of them without a task. */
  Queues podsOf(String name, int idle) {
    return change(name, ask -> held(ask, Math.max(ask.granted(), ask.held()), idle));
  }

  /** Its driver lets go what was taken back. */
  Queues givesBack(String name) {
    return change(name, ask -> held(ask, Math.min(ask.granted(), ask.held()), 0));
  }

  /** Its driver lets go what was taken back, but so many of their pods never end. */
  Queues givesBackBut(String name, int stuck) {
    return change(
        name,
        ask ->
            new Ask(
                0,
                ask.size(),
                ask.wanted() - ask.leaving() + stuck,
                ask.granted(),
                Math.min(ask.granted(), ask.live()) + stuck,
                stuck,
                0,
                ask.reclaim()));
  }

  Queues nodesHave(Resources all) {
    snapshot = snapshot.withNodes(Ceiling.exactly(all));
    return pass();
  }

  /** Its driver wants another number of executors. */
  Queues asks(String name, int wanted) {
    return change(
        name,
        ask ->
            new Ask(
                0,
                ask.size(),
                wanted + ask.leaving(),
                ask.granted(),
                ask.held(),
                ask.leaving(),
                ask.idle(),
                ask.reclaim()));
  }

  /** Its user names another queue. */
  Queues sends(String name, String queue) {
    ApplicationDemand demand = application(name).demand();
    report(
        new ApplicationDemand(
            demand.id(),
            queue,
            Optional.of(application(name).queue()),
            demand.user(),
            demand.priority(),
            demand.submitted(),
            demand.driver(),
            demand.gang(),
            demand.asks(),
            demand.admitted()));
    return pass();
  }

  Queues ends(String name) {
    snapshot = snapshot.without(id(name));
    return pass();
  }

  Queues after(Duration time) {
    now = now.plus(time);
    return pass();
  }

  private interface Change {
    Ask of(Ask ask);
  }

  private static Ask held(Ask ask, int held, int idle) {
    return new Ask(
        0, ask.size(), ask.wanted(), ask.granted(), held, Math.min(idle, held), ask.reclaim());
  }

  private Queues change(String name, Change change) {
    ApplicationDemand demand = application(name).demand();
    report(demand.withAsks(demand.asks().stream().map(change::of).toList()));
    return pass();
  }

  private void report(ApplicationDemand demand) {
    snapshot = snapshot.with(demand);
  }

  private Queues pass() {
    List<Decision> all = new ArrayList<>();
    Decisions decisions = Pass.over(snapshot, now);
    all.addAll(decisions.decisions());
    snapshot = decisions.after();
    decided = List.copyOf(all);
    return this;
  }

  /** What the last pass decided. */
  List<Decision> decided() {
    return decided;
  }

  private Application application(String name) {
    return snapshot.find(id(name)).orElseThrow();
  }

  private static ApplicationId id(String name) {
    return new ApplicationId("etl", name);
  }

  boolean runs(String name) {
    return application(name).admitted();
  }

  int granted(String name) {
    return application(name).demand().asks().get(0).granted();
  }

  Allocation allocation(String name) {
    return Explanation.of(snapshot).allocation(id(name)).orElseThrow();
  }

  /** Why it does not run, or gets no more. */
  String why(String name) {
    Allocation allocation = allocation(name);
    return allocation.admission() instanceof Admission.Admitted
        ? allocation.message()
        : allocation.admission().reason();
  }

  QueueReport report(String queue) {
    return Explanation.of(snapshot).queues().get(queue);
  }

  Optional<Duration> lookAgain() {
    return Pass.over(snapshot, now).lookAgain();
  }
}
