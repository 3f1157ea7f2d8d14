package io.sparkapp.operator.resourcemanager;

import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import io.sparkapp.operator.resourcemanager.Sharing.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One round of the ResourceManager: who is admitted, who gets more executors, who gives some back.
 * A function of the snapshot and the time, and nothing else; over its own outcome it decides
 * nothing.
 */
public final class Pass {

  private final Instant now;
  private final List<Decision> decisions = new ArrayList<>();

  private Pass(Instant now) {
    this.now = now;
  }

  /** What is decided now. */
  public static Decisions over(Snapshot snapshot, Instant now) {
    return new Pass(now).run(snapshot);
  }

  private Decisions run(Snapshot before) {
    Snapshot moved = move(before);
    Standings standings = Standings.of(moved);
    Sharing sharing = new Sharing(moved, standings, now);
    sharing.run();
    List<Application> changed = new ArrayList<>();
    for (Seat seat : sharing.changed().values()) {
      Application is = seat.now();
      decided(seat.before(), is);
      changed.add(is);
    }
    Snapshot shared = changed.isEmpty() ? moved : moved.with(changed);
    return takeBack(shared, standings, sharing);
  }

  private Snapshot move(Snapshot snapshot) {
    List<Application> moving =
        Stream.concat(
                snapshot.tree().queues().stream().map(snapshot::line), Stream.of(snapshot.stray()))
            .flatMap(line -> line.moving().stream())
            .sorted(Application.IN_LINE)
            .toList();
    if (moving.isEmpty()) {
      return snapshot;
    }
    Standings standings = Standings.of(snapshot);
    List<Application> moved = new ArrayList<>();
    for (Application each : moving) {
      Optional<Queue> target = snapshot.tree().queue(each.demand().queue());
      if (target.isPresent() && Move.obstacle(snapshot, standings, each).isEmpty()) {
        Move.charge(snapshot, standings, each);
        moved.add(each.moveTo(target.get().name()));
        decisions.add(
            new Decision.Moved(
                each.id(),
                each.queue(),
                target.get().name(),
                "Moved from queue %s to queue %s with all that it holds."
                    .formatted(each.queue(), target.get().name())));
      }
    }
    return snapshot.with(moved);
  }

  private void decided(Application was, Application is) {
    if (!was.admitted()) {
      decisions.add(
          new Decision.Admitted(
              is.id(), is.queue(), "Queue " + is.queue() + " has admitted the application."));
    }
    List<Ask> before = was.demand().asks();
    for (int each = 0; each < before.size(); each++) {
      Ask ask = is.demand().asks().get(each);
      if (ask.granted() > before.get(each).granted()) {
        decisions.add(
            new Decision.Granted(
                is.id(),
                ask.profile(),
                ask.granted(),
                "Queue "
                    + is.queue()
                    + " grants "
                    + Wording.executors(ask.granted())
                    + " of profile "
                    + ask.profile()
                    + "."));
      }
    }
  }

  private Decisions takeBack(Snapshot shared, Standings standings, Sharing sharing) {
    if (sharing.claims().isEmpty()) {
      return new Decisions(
          decisions,
          leave(shared).withPatience(sharing.patience(Optional.empty())),
          lookAgain(sharing, shared, List.of(), Optional.empty()));
    }
    Optional<Instant> lastRound = shared.patience().lastRound();
    List<Claim> due =
        sharing.claims().stream()
            .filter(claim -> claim.leaf().queue().spec().preemption().claims())
            .filter(claim -> !now.isBefore(dueAt(sharing, claim)))
            .toList();
    boolean roundOver =
        lastRound.filter(last -> now.isBefore(last.plus(Reclaiming.ROUND))).isEmpty();
    if (!due.isEmpty() && roundOver) {
      Reclaiming reclaiming = new Reclaiming(shared, standings, sharing::mayStart, now);
      due.forEach(reclaiming::round);
      decisions.addAll(reclaiming.decisions());
      if (!reclaiming.changed().isEmpty()) {
        // Who gives something back stands in nobody's way any more.
        return run(
            shared
                .with(reclaiming.changed().values())
                .withPatience(sharing.patience(Optional.of(now))));
      }
    }
    return new Decisions(
        decisions,
        shared.withPatience(sharing.patience(lastRound)),
        lookAgain(sharing, shared, due, lastRound));
  }

  /** Nobody claims anything any more: who was to give executors back keeps those that are left. */
  private Snapshot leave(Snapshot snapshot) {
    List<Application> kept = new ArrayList<>();
    for (Queue queue : snapshot.tree().queues()) {
      for (Application each : snapshot.line(queue).giving()) {
        Application after = each.keep();
        decided(each, after);
        kept.add(after);
      }
    }
    return kept.isEmpty() ? snapshot : snapshot.with(kept);
  }

  private static Instant dueAt(Sharing sharing, Claim claim) {
    return sharing.since(claim).plus(claim.leaf().queue().delay());
  }

  /** When a claim falls due, when the next round may be, when somebody has waited long enough. */
  private Optional<Duration> lookAgain(
      Sharing sharing, Snapshot shared, List<Claim> due, Optional<Instant> lastRound) {
    Stream<Instant> claims = sharing.claims().stream().map(claim -> dueAt(sharing, claim));
    Stream<Instant> rounds =
        due.isEmpty() ? Stream.of() : lastRound.map(last -> last.plus(Reclaiming.ROUND)).stream();
    Stream<Instant> blocked =
        sharing.patience(lastRound).blocked().entrySet().stream()
            .map(
                each ->
                    each.getValue()
                        .since()
                        .plus(shared.tree().queue(each.getKey()).orElseThrow().backfillFor()));
    return Stream.of(claims, rounds, blocked)
        .flatMap(each -> each)
        .filter(then -> then.isAfter(now))
        .min(Comparator.naturalOrder())
        .map(then -> Duration.between(now, then));
  }
}
