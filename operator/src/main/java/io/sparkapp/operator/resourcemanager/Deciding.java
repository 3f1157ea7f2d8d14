package io.sparkapp.operator.resourcemanager;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the passes, one at a time: each over all that has come in until then, so that who comes
 * while one goes on waits for one more and no longer. What came in for a pass that failed is kept,
 * and decided by the next one.
 */
final class Deciding implements AutoCloseable {

  /** Something new. */
  static final class Change {
    private final UnaryOperator<Snapshot> what;
    private final Optional<ApplicationId> by;
    private boolean decided;

    private Change(UnaryOperator<Snapshot> what, Optional<ApplicationId> by) {
      this.what = what;
      this.by = by;
    }
  }

  /** What a pass takes, and whom it tells. */
  interface Surroundings {

    /** The snapshot with what is no reason for a pass, but is to be known to it. */
    Snapshot withAsides(Snapshot snapshot);

    /** A pass took so long. */
    void passMade(Duration took);

    /** A pass was made. Called while nobody else can make one. */
    void decided(View view, List<Decision> decisions);

    /** It changed something for these, who do not wait for it. Called while nobody is held up. */
    void changed(Collection<ApplicationId> others);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Deciding.class);

  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final Surroundings surroundings;
  private final Queue<Change> inbox = new ConcurrentLinkedQueue<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** What came in for passes that failed. */
  private final List<Change> left = new ArrayList<>();

  private volatile View view = new View(Snapshot.EMPTY);
  private volatile boolean begun;
  private volatile boolean undecided;
  private ScheduledFuture<?> lookingAgain;

  Deciding(Clock clock, ScheduledExecutorService timer, Surroundings surroundings) {
    this.clock = clock;
    this.timer = timer;
    this.surroundings = surroundings;
  }

  /** What is in force. */
  View view() {
    return view;
  }

  /** Whether the last pass failed: what came in is known, and nothing was decided about it. */
  boolean isUndecided() {
    return undecided;
  }

  boolean hasBegun() {
    return begun;
  }

  /**
   * Decides from now on.
   *
   * @param first puts in what there is at the beginning; not done when it has begun already
   */
  void begin(Runnable first) {
    Set<ApplicationId> changed;
    lock.lock();
    try {
      if (begun) {
        return;
      }
      first.run();
      changed = pass(true);
      // Only now: if that failed nobody may be answered, for there may be half of them.
      begun = true;
    } finally {
      lock.unlock();
    }
    tell(changed);
  }

  /**
   * Something new comes in.
   *
   * @param by who waits for what is decided about it
   */
  Change arrives(UnaryOperator<Snapshot> what, Optional<ApplicationId> by) {
    Change change = new Change(what, by);
    inbox.add(change);
    return change;
  }

  /** Comes back when a pass was made with it. */
  void decide(Change change) {
    Set<ApplicationId> others = Set.of();
    lock.lock();
    try {
      // Somebody who came before may have taken it along.
      if (!change.decided) {
        others = pass(begun);
      }
      if (!change.decided) {
        throw new IllegalStateException("nothing was decided, for the pass with it failed");
      }
    } finally {
      lock.unlock();
    }
    tell(others);
  }

  private void tell(Set<ApplicationId> others) {
    if (!others.isEmpty()) {
      surroundings.changed(others);
    }
  }

  /** Whom it changed something for, besides those who wait for the outcome. */
  private Set<ApplicationId> pass(boolean decides) {
    List<Change> changes = new ArrayList<>();
    Snapshot snapshot = arrived(changes);
    Set<ApplicationId> others;
    try {
      others = decides ? decide(snapshot) : keep(snapshot);
    } catch (RuntimeException e) {
      left.addAll(changes);
      throw e;
    }
    left.forEach(change -> change.decided = true);
    left.clear();
    changes.forEach(change -> change.decided = true);
    changes.forEach(change -> change.by.ifPresent(others::remove));
    return others;
  }

  private Set<ApplicationId> keep(Snapshot snapshot) {
    view = new View(snapshot);
    return new HashSet<>();
  }

  /** The snapshot with all that came in; what can not be put in is left to who brought it. */
  private Snapshot arrived(List<Change> changes) {
    Snapshot snapshot = surroundings.withAsides(view.snapshot());
    for (Change next = inbox.poll(); next != null; next = inbox.poll()) {
      try {
        snapshot = next.what.apply(snapshot);
        changes.add(next);
      } catch (RuntimeException e) {
        LOG.error("This could not be put in: {}", next.by, e);
      }
    }
    return snapshot;
  }

  private Set<ApplicationId> decide(Snapshot snapshot) {
    Decisions decisions;
    long begin = System.nanoTime();
    try {
      decisions = Pass.over(snapshot, clock.instant());
      surroundings.passMade(Duration.ofNanos(System.nanoTime() - begin));
    } catch (RuntimeException e) {
      // What came in is kept: the next pass decides about it.
      keep(snapshot);
      undecided = true;
      lookAgain(Optional.of(AFTER_A_FAILURE));
      throw e;
    }
    undecided = false;
    view = new View(decisions.after());
    lookAgain(decisions.lookAgain());
    surroundings.decided(view, decisions.decisions());
    Set<ApplicationId> changed = new HashSet<>();
    decisions.decisions().forEach(decision -> changed.add(decision.application()));
    return changed;
  }

  private void lookAgain(Optional<Duration> delay) {
    if (lookingAgain != null) {
      lookingAgain.cancel(false);
      lookingAgain = null;
    }
    if (delay.isPresent()) {
      lookingAgain =
          timer.schedule(
              () -> decide(arrives(UnaryOperator.identity(), Optional.empty())),
              delay.get().toMillis() + 1,
              TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (lookingAgain != null) {
        lookingAgain.cancel(false);
      }
    } finally {
      lock.unlock();
    }
  }
}
