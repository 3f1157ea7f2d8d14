package io.sparkapp.operator.web;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.operator.applicationmaster.ExecutorReport;
import io.sparkapp.operator.applicationmaster.Names;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers executors whose pods are gone, as far as this operator saw them go: the last {@value
 * #MOST} of all applications together, which is a few megabytes. Who looks at one application goes
 * through no other's.
 */
public final class ExecutorJournal {

  static final int MOST = 20_000;

  private final Clock clock;
  private final int most;
  private final Map<String, Map<Id, ExecutorReport>> ended = new HashMap<>();
  private final Deque<Entry> oldestFirst = new ArrayDeque<>();

  public ExecutorJournal(Clock clock) {
    this(clock, MOST);
  }

  ExecutorJournal(Clock clock, int most) {
    this.clock = clock;
    this.most = most;
  }

  /** One that nobody reads: it keeps nothing. */
  public static ExecutorJournal unread(Clock clock) {
    return new ExecutorJournal(clock, 0);
  }

  private record Id(int attempt, int executor) {}

  private record Entry(String owner, Id id) {}

  /** A pod of ours is gone. */
  public void gone(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    if (most == 0
        || labels == null
        || !Names.EXECUTOR.equals(labels.get(Names.ROLE))
        || pod.getMetadata().getOwnerReferences() == null) {
      return;
    }
    ExecutorReport report = ExecutorReport.gone(pod, clock.instant());
    for (OwnerReference owner : pod.getMetadata().getOwnerReferences()) {
      keep(owner.getUid(), report);
    }
  }

  private synchronized void keep(String owner, ExecutorReport report) {
    Id id = new Id(report.attempt(), report.id());
    if (ended.computeIfAbsent(owner, uid -> new HashMap<>()).put(id, report) != null) {
      return;
    }
    oldestFirst.addLast(new Entry(owner, id));
    if (oldestFirst.size() > most) {
      forget(oldestFirst.removeFirst());
    }
  }

  private void forget(Entry eldest) {
    Map<Id, ExecutorReport> ofOwner = ended.get(eldest.owner());
    ofOwner.remove(eldest.id());
    if (ofOwner.isEmpty()) {
      ended.remove(eldest.owner());
    }
  }

  /** Those of one application, by its UID, in no order. */
  public synchronized List<ExecutorReport> of(String uid) {
    return List.copyOf(ended.getOrDefault(uid, Map.of()).values());
  }

  /** How many there are of one application, by its UID. */
  public synchronized int count(String uid) {
    return ended.getOrDefault(uid, Map.of()).size();
  }
}
