package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.EndCause;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.ExecutorRequestStatus;
import io.sparkapp.crds.ExecutorRequestStatus.Ended;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The account of one attempt's executors: which ended and why, which are live, which pods may go.
 * An end is told until the driver says it has seen it and the pod is gone, so that an operator that
 * was killed in between neither forgets an end nor tells it as a new one.
 *
 * @param ended every end that is still to be told, old ones first
 * @param fresh those of {@code ended} that were not told before
 * @param live executors that run or may yet run and that nobody gave back
 * @param held executors whose pods have not ended, those on their way out included
 * @param disposable pods that have no use any more
 * @param lastSequence the highest sequence number given to an end so far
 * @param failed how many executors failed so far
 * @param lastId the highest executor id known
 */
record ExecutorLedger(
    List<Ended> ended,
    List<Ended> fresh,
    List<ExecutorPodView> live,
    List<ExecutorPodView> held,
    List<String> disposable,
    long lastSequence,
    int failed,
    int lastId) {

  /** Pods of failed executors that are kept for their logs. */
  static final int KEPT_FOR_LOGS = 3;

  private static final Set<EndCause> FAILURES =
      EnumSet.of(EndCause.OOMKilled, EndCause.Killed, EndCause.Error, EndCause.NeverStarted);

  static ExecutorLedger of(
      ExecutorRequestSpec wanted, ExecutorRequestStatus answered, List<ExecutorPodView> executors) {
    Set<String> told = ids(answered.ended());
    Set<String> released = new HashSet<>(wanted.release());
    List<Ended> fresh = new ArrayList<>();
    long sequence = answered.lastSequence();
    for (ExecutorPodView executor : byId(executors)) {
      if (executor.state() instanceof ExecutorState.Ended end
          && !told.contains(Integer.toString(executor.id()))) {
        fresh.add(entry(++sequence, Integer.toString(executor.id()), released, end));
      }
    }
    Map<String, Optional<ExecutorState.Ended>> pods =
        executors.stream()
            .collect(
                Collectors.toMap(
                    executor -> Integer.toString(executor.id()), ExecutorLedger::endInSight));
    for (String lost : new TreeSet<>(wanted.disconnected())) {
      Optional<ExecutorState.Ended> inSight = pods.getOrDefault(lost, Optional.empty());
      if (!told.contains(lost) && (inSight.isPresent() || !pods.containsKey(lost))) {
        fresh.add(
            inSight.isPresent()
                ? entry(++sequence, lost, released, inSight.get())
                : released.contains(lost)
                    ? givenBack(++sequence, lost, null)
                    : gone(++sequence, lost));
      }
    }
    for (String back : new TreeSet<>(released)) {
      if (!pods.containsKey(back)
          && !told.contains(back)
          && !wanted.disconnected().contains(back)) {
        fresh.add(givenBack(++sequence, back, null));
      }
    }
    List<Ended> ended = new ArrayList<>(stillToTell(wanted, answered, executors));
    ended.addAll(fresh);
    return new ExecutorLedger(
        List.copyOf(ended),
        List.copyOf(fresh),
        live(executors, released, ids(ended)),
        executors.stream().filter(executor -> !executor.ended()).toList(),
        disposable(executors, ended, released),
        sequence,
        answered.failed() + (int) fresh.stream().filter(ExecutorLedger::isFailure).count(),
        Math.max(
            answered.lastExecutorId(),
            executors.stream().mapToInt(ExecutorPodView::id).max().orElse(0)));
  }

  static boolean isFailure(Ended end) {
    return FAILURES.contains(end.cause());
  }

  /** The latest failure; it is known as long as the pod of the failed executor is kept. */
  Optional<Ended> lastFailure() {
    return ended.stream()
        .filter(ExecutorLedger::isFailure)
        .max(Comparator.comparingLong(Ended::sequence));
  }

  int running() {
    return (int) live.stream().filter(ExecutorPodView::running).count();
  }

  /** Executors of a ResourceProfile whose pods have not ended, but will. */
  int leaving(int profile) {
    return heldOf(profile) - liveOf(profile).size();
  }

  int heldOf(int profile) {
    return (int) held.stream().filter(executor -> executor.profile() == profile).count();
  }

  List<ExecutorPodView> liveOf(int profile) {
    return live.stream().filter(executor -> executor.profile() == profile).toList();
  }

  /** The same with these executors told as ended, though their pods still run. */
  ExecutorLedger ending(List<ExecutorPodView> gone, Function<ExecutorPodView, String> sentence) {
    List<Ended> ends = new ArrayList<>();
    for (ExecutorPodView executor : gone) {
      long sequence = lastSequence + ends.size() + 1;
      String id = Integer.toString(executor.id());
      ends.add(new Ended(sequence, id, null, EndCause.Reclaimed, false, sentence.apply(executor)));
    }
    return new ExecutorLedger(
        Stream.concat(ended.stream(), ends.stream()).toList(),
        Stream.concat(fresh.stream(), ends.stream()).toList(),
        live.stream().filter(executor -> !gone.contains(executor)).toList(),
        held,
        Stream.concat(disposable.stream(), gone.stream().map(ExecutorPodView::pod)).toList(),
        lastSequence + ends.size(),
        failed,
        lastId);
  }

  /** What is about to end an executor that the driver lost already. */
  private static Optional<ExecutorState.Ended> endInSight(ExecutorPodView executor) {
    return executor.ended() ? Optional.empty() : executor.leaving();
  }

  private static Ended entry(
      long sequence, String id, Set<String> released, ExecutorState.Ended end) {
    if (released.contains(id)) {
      return givenBack(sequence, id, end.exitCode().orElse(null));
    }
    return new Ended(
        sequence,
        id,
        end.exitCode().orElse(null),
        end.cause(),
        end.applicationAtFault(),
        end.sentence());
  }

  private static Ended givenBack(long sequence, String id, Integer exitCode) {
    return new Ended(
        sequence,
        id,
        exitCode,
        EndCause.Released,
        false,
        "The driver gave executor " + id + " back.");
  }

  private static Ended gone(long sequence, String id) {
    return new Ended(
        sequence,
        id,
        null,
        EndCause.Deleted,
        false,
        "The pod of executor " + id + " is gone: it was deleted, or its node was.");
  }

  private static List<Ended> stillToTell(
      ExecutorRequestSpec wanted, ExecutorRequestStatus answered, List<ExecutorPodView> executors) {
    Set<String> pods =
        executors.stream()
            .map(executor -> Integer.toString(executor.id()))
            .collect(Collectors.toSet());
    return answered.ended().stream()
        .filter(end -> end.sequence() > wanted.seenEnded() || pods.contains(end.id()))
        .toList();
  }

  private static List<ExecutorPodView> live(
      List<ExecutorPodView> executors, Set<String> released, Set<String> ended) {
    return executors.stream()
        .filter(executor -> !executor.ended() && !executor.beingDeleted())
        .filter(executor -> !released.contains(Integer.toString(executor.id())))
        .filter(executor -> !ended.contains(Integer.toString(executor.id())))
        .toList();
  }

  private static List<String> disposable(
      List<ExecutorPodView> executors, List<Ended> ended, Set<String> released) {
    Set<String> kept =
        ended.stream()
            .filter(ExecutorLedger::isFailure)
            .sorted(Comparator.comparingLong(Ended::sequence).reversed())
            .limit(KEPT_FOR_LOGS)
            .map(Ended::id)
            .collect(Collectors.toSet());
    Set<String> told = ids(ended);
    return executors.stream()
        .filter(executor -> !executor.beingDeleted())
        .filter(
            executor -> {
              String id = Integer.toString(executor.id());
              return released.contains(id) || told.contains(id) && !kept.contains(id);
            })
        .map(ExecutorPodView::pod)
        .sorted()
        .toList();
  }

  private static Set<String> ids(List<Ended> ended) {
    return ended.stream().map(Ended::id).collect(Collectors.toSet());
  }

  private static List<ExecutorPodView> byId(List<ExecutorPodView> executors) {
    return executors.stream().sorted(Comparator.comparingInt(ExecutorPodView::id)).toList();
  }
}
