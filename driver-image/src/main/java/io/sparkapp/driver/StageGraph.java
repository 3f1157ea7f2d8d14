package io.sparkapp.driver;

import io.sparkapp.driver.StageNode.State;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stages that the DAGScheduler made of the program, with the edges between them; Spark's status
 * store has no edges. A stage of a later job that would only write again what is there already
 * stands in the picture as the stage that wrote it: so the jobs into which adaptive execution cuts
 * a query are one graph. Only what is shown is kept, and what running jobs may yet need; so an
 * application may have any number of stages.
 */
final class StageGraph {

  /** So many stages are told of. */
  static final int SHOWN = 60;

  /** So many are known of, or the stages of one huge job would fill the driver's memory. */
  static final int KNOWN = 1_000;

  private final Map<Integer, int[]> running = new TreeMap<>();
  private final TreeMap<Integer, StageNode> stages = new TreeMap<>();

  /** By shuffle, the stage that wrote it. */
  private final Map<Integer, Integer> writers = new HashMap<>();

  /** By stage that Spark skips, the one that wrote the same shuffle before. */
  private final Map<Integer, Integer> instead = new HashMap<>();

  private long changes;

  /** Counts the changes, so that nobody need look when there was none. */
  synchronized long changes() {
    return changes;
  }

  /**
   * A job has started.
   *
   * @param all its stages
   */
  synchronized void jobStarted(int job, Collection<ObservedStage> all) {
    changes++;
    running.put(job, all.stream().mapToInt(ObservedStage::id).sorted().toArray());
    Map<Integer, ObservedStage> byId =
        all.stream().collect(Collectors.toMap(ObservedStage::id, Function.identity()));
    // What is before a stage that is skipped will not be looked at: nor is it shown.
    Deque<ObservedStage> needed = new ArrayDeque<>(results(all));
    Set<Integer> seen = new HashSet<>();
    while (!needed.isEmpty()) {
      ObservedStage stage = needed.pop();
      if (seen.add(stage.id()) && isNew(stage)) {
        stages.put(stage.id(), first(stage, job));
        stage.parents().stream().filter(byId::containsKey).map(byId::get).forEach(needed::push);
      }
    }
    forget();
  }

  private static List<ObservedStage> results(Collection<ObservedStage> all) {
    Set<Integer> parents =
        all.stream().flatMap(stage -> stage.parents().stream()).collect(Collectors.toSet());
    return all.stream().filter(stage -> !parents.contains(stage.id())).toList();
  }

  /** Neither known from another job that needs it, nor written by an earlier stage. */
  private boolean isNew(ObservedStage stage) {
    if (stages.containsKey(stage.id())) {
      return false;
    }
    Integer writer = stage.shuffle().isPresent() ? writers.get(stage.shuffle().getAsInt()) : null;
    if (writer != null) {
      instead.put(stage.id(), writer);
    }
    return writer == null;
  }

  private static StageNode first(ObservedStage stage, int job) {
    return stage.completed().isPresent()
        ? StageNode.of(stage, job, stage.failed() ? State.Failed : State.Done, stage.parents())
        : StageNode.of(stage, job, State.Waiting, stage.parents());
  }

  synchronized void stageSubmitted(ObservedStage stage) {
    // What an earlier stage wrote is lost: this one writes it again.
    instead.remove(stage.id());
    if (put(stage, State.Active)) {
      skipBefore(stage);
    }
  }

  synchronized void stageCompleted(ObservedStage stage) {
    if (put(stage, stage.failed() ? State.Failed : State.Done)
        && !stage.failed()
        && stage.shuffle().isPresent()) {
      writers.put(stage.shuffle().getAsInt(), stage.id());
    }
  }

  /**
   * @return false when it is long forgotten, with its job
   */
  private boolean put(ObservedStage stage, State state) {
    OptionalInt job = jobOf(stage);
    if (job.isEmpty()) {
      return false;
    }
    changes++;
    stages.put(stage.id(), StageNode.of(stage, job.getAsInt(), state, stage.parents()));
    return true;
  }

  /** A stage is submitted when all that it reads is there: what has not run by then need not. */
  private void skipBefore(ObservedStage submitted) {
    Deque<Integer> before = new ArrayDeque<>(submitted.parents());
    while (!before.isEmpty()) {
      StageNode stage = stages.get(before.pop());
      if (stage != null && stage.state() == State.Waiting) {
        stages.put(stage.stage(), stage.with(State.Skipped));
        before.addAll(stage.parents());
      }
    }
  }

  private OptionalInt jobOf(ObservedStage stage) {
    StageNode known = stages.get(stage.id());
    return known != null
        ? OptionalInt.of(known.job())
        : running.entrySet().stream()
            .filter(job -> has(job.getValue(), stage.id()))
            .mapToInt(Map.Entry::getKey)
            .findFirst();
  }

  /** A job has ended; what of it neither runs nor has run, and no other job needs, never will. */
  synchronized void jobEnded(int job, boolean succeeded) {
    int[] ids = running.remove(job);
    if (ids == null) {
      return;
    }
    changes++;
    for (int id : ids) {
      StageNode stage = stages.get(id);
      if (stage != null && !isWanted(id)) {
        stages.put(id, stage.with(atLast(stage.state(), succeeded)));
      }
    }
    forget();
  }

  /** Spark ends a job's stages before the job, but may have dropped the event. */
  private static State atLast(State state, boolean succeeded) {
    return switch (state) {
      case Waiting -> State.Skipped;
      case Active -> succeeded ? State.Done : State.Failed;
      case Done, Skipped, Failed -> state;
    };
  }

  /** How many entries of all kinds are kept. */
  synchronized int held() {
    return stages.size() + writers.size() + instead.size();
  }

  /** Jobs that have started and, as far as was heard, not ended. */
  synchronized Set<Integer> runningJobs() {
    return Set.copyOf(running.keySet());
  }

  private boolean isWanted(int stage) {
    return running.values().stream().anyMatch(ids -> has(ids, stage));
  }

  private static boolean has(int[] sorted, int id) {
    return Arrays.binarySearch(sorted, id) >= 0;
  }

  private void forget() {
    if (stages.size() <= SHOWN) {
      return;
    }
    Set<Integer> keep =
        Stream.concat(
                ranked(stage -> isWanted(stage.stage())).limit(KNOWN),
                ranked(stage -> !isWanted(stage.stage())).limit(SHOWN))
            .map(StageNode::stage)
            .collect(Collectors.toSet());
    stages.keySet().retainAll(keep);
    writers.values().retainAll(keep);
    Set<Integer> parents =
        stages.values().stream()
            .flatMap(stage -> stage.parents().stream())
            .collect(Collectors.toSet());
    instead.keySet().removeIf(id -> !parents.contains(id) && !isWanted(id));
  }

  private Stream<StageNode> ranked(Predicate<StageNode> which) {
    return stages.values().stream()
        .filter(which)
        .sorted(
            Comparator.comparing((StageNode stage) -> stage.state() != State.Active)
                .thenComparing(Comparator.comparingInt(StageNode::stage).reversed()));
  }

  /**
   * The stages of running jobs, of these the active ones first and then the newest, and what room
   * is left for the newest of the others.
   *
   * @param failures how many attempts of the tasks of a stage failed that has ended
   * @return by id, at most {@value #SHOWN}
   */
  synchronized List<StageNode> shown(ToIntFunction<StageNode> failures) {
    UnaryOperator<StageNode> counted =
        stage -> stage.ended() ? stage.withFailed(failures.applyAsInt(stage)) : stage;
    return Stream.concat(
            ranked(stage -> isWanted(stage.stage())), ranked(stage -> !isWanted(stage.stage())))
        .limit(SHOWN)
        .sorted(Comparator.comparingInt(StageNode::stage))
        .map(counted)
        .map(stage -> stage.withParents(written(stage.parents())))
        .toList();
  }

  /** Those that wrote what these parents would have written. */
  private List<Integer> written(List<Integer> parents) {
    return parents.stream()
        .map(parent -> instead.getOrDefault(parent, parent))
        .distinct()
        .sorted()
        .toList();
  }
}
