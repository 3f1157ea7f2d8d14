package io.sparkapp.operator.kubernetes;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The order in which an operator that has just begun decides about the applications that are there.
 * Most of them run, or have ended, and go on as they did; to find that out takes seconds when there
 * are thousands. So those that wait for something come first, and the others have their turn one
 * after the other, about as fast as decisions are made: what is new meanwhile is not behind them
 * either. Nothing is held back twice, nor when the round is over.
 */
final class FirstRound {

  /** They are decided about in a moment. */
  private static final int FEW = 200;

  /** For each application, to see that its turn is later. */
  private static final Duration LOOK = Duration.ofNanos(100_000);

  /** For each that has its turn later. */
  private static final Duration DECISION = Duration.ofNanos(500_000);

  private final LongSupplier nanoTime;

  /** UIDs of those that were told to wait. */
  private final Set<String> later = new HashSet<>();

  private int applications;
  private long began;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  FirstRound(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * From now on the first decisions are made.
   *
   * @param applications how many there are, in whatever phase
   */
  synchronized void begin(int applications) {
    this.applications = applications;
    this.began = nanoTime.getAsLong();
  }

  /** How long a decision about it can wait; empty when it is to be made now. */
  synchronized Optional<Duration> later(SparkApp app) {
    if (applications <= FEW) {
      return Optional.empty();
    }
    Duration age = Duration.ofNanos(nanoTime.getAsLong() - began);
    Duration looks = LOOK.multipliedBy(applications);
    if (age.compareTo(looks.plus(DECISION.multipliedBy(applications))) >= 0) {
      applications = 0;
      later.clear();
      return Optional.empty();
    }
    if (!goesOn(app) || !later.add(app.getMetadata().getUid())) {
      return Optional.empty();
    }
    Duration wait = looks.plus(DECISION.multipliedBy(later.size())).minus(age);
    // Behind those that nobody has looked at yet, even if its turn would have been before.
    return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
  }

  /** Whether it was where it could stay when it was decided about last, and nobody changed it. */
  private static boolean goesOn(SparkApp app) {
    SparkAppStatus status = app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
    Phase phase = status.phase();
    return phase != null
        && (phase == Phase.Running || phase.isTerminal())
        && app.getMetadata().getDeletionTimestamp() == null
        && app.getMetadata().getGeneration().equals(status.observedGeneration());
  }
}
