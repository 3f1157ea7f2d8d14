package io.sparkapp.operator.resourcemanager;

import io.sparkapp.operator.resourcemanager.Snapshot.Blocked;
import io.sparkapp.operator.resourcemanager.Snapshot.Patience;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives out what is free, step by step, to whoever is next: down the tree by guarantee, priority
 * and share, and in the leaf in the order that the queue wants. What does not fit once does not fit
 * later in the same pass either, for nothing comes back meanwhile.
 */
final class Sharing {

  private final Snapshot snapshot;
  private final Standings standings;
  private final Instant now;
  private final Map<ApplicationId, Seat> changed = new LinkedHashMap<>();
  private final Map<String, Blocked> blocked = new HashMap<>();
  private final Map<String, Instant> since = new HashMap<>();
  private final List<Claim> claims = new ArrayList<>();

  /**
   * A queue misses what it is guaranteed.
   *
   * @param leaf whose application waits
   * @param entitled the queues whose guarantee it is, the lowest first: the leaf, or some above
   * @param at where there is not enough left
   */
  record Claim(Standing leaf, List<Standing> entitled, Standing at) {

    /** Whose guarantee limits what is taken back. */
    Standing lowest() {
      return entitled.get(0);
    }
  }

  Sharing(Snapshot snapshot, Standings standings, Instant now) {
    this.snapshot = snapshot;
    this.standings = standings;
    this.now = now;
  }

  void run() {
    Branch root = branches();
    while (root.goesOn()) {
      root.next();
    }
  }

  private Branch branches() {
    List<Queue> queues = snapshot.tree().queues();
    Branch[] branches = new Branch[queues.size()];
    for (Queue queue : queues) {
      Line line = snapshot.line(queue);
      Standing standing = standings.of(queue);
      branches[queue.index()] =
          new Branch(
              standing,
              queue.isRoot() ? Optional.empty() : Optional.of(branches[queue.parent()]),
              queue.leaf() ? Optional.of(new Service(standing, line, this)) : Optional.empty());
    }
    // Children come after their parents, so that backwards they are complete.
    for (int at = branches.length - 1; at >= 0; at--) {
      branches[at].join();
    }
    return branches[0];
  }

  void changed(Seat seat) {
    changed.put(seat.before().id(), seat);
  }

  /** Whether nothing but room keeps it from starting. */
  boolean mayStart(Standing leaf, Application application) {
    return !turnedAway(leaf, application)
        && !isBeyondNodes(application.toStart(leaf.queue().spec().admission()))
        && leaf.obstacle(application, Resources.NONE, true).isEmpty();
  }

  boolean isBeyondNodes(Resources needs) {
    return snapshot.isBeyondNodes(needs);
  }

  /** Whether the queue does not take it in, or never could. */
  boolean turnedAway(Standing standing, Application application) {
    Queue queue = standing.queue();
    return queue
            .closedTo(application.demand(), snapshot.labelsOf(application.id().namespace()))
            .isPresent()
        || Hopeless.reason(standing, application, snapshot.tree().root()).isPresent();
  }

  /**
   * Somebody does not fit for want of what all share, but would be within what its queue is
   * guaranteed: room is kept for it, and others are to give theirs back.
   */
  boolean claims(Standing leaf, Resources more, Obstacle.Full full) {
    List<Standing> entitled = entitled(leaf, more, full);
    if (entitled.isEmpty()) {
      return false;
    }
    String queue = leaf.queue().name();
    since.put(queue, snapshot.patience().claims().getOrDefault(queue, now));
    claims.add(new Claim(leaf, entitled, standings.of(full.at())));
    leaf.keep(more);
    return true;
  }

  /**
   * Somebody who waits is the first that does not fit; whether it has been that for long enough.
   */
  boolean hasWaited(Standing leaf, Application application) {
    Queue queue = leaf.queue();
    Blocked before = snapshot.patience().blocked().get(queue.name());
    Blocked here =
        before != null && before.application().equals(application.id())
            ? before
            : new Blocked(application.id(), now);
    blocked.put(queue.name(), here);
    return !now.isBefore(here.since().plus(queue.backfillFor()));
  }

  /**
   * The queues, between the leaf and where there is not enough, that would still be within what
   * they are guaranteed of it.
   */
  private static List<Standing> entitled(Standing leaf, Resources more, Obstacle.Full full) {
    Optional<String> missing = full.limit().shortOf(full.used(), full.kept(), more);
    List<Standing> entitled = new ArrayList<>();
    Standing here = leaf;
    while (missing.isPresent() && here.queue().index() != full.at().index()) {
      if (here.guarantees(missing.get(), more)) {
        entitled.add(here);
      }
      here = here.above().orElseThrow();
    }
    return entitled;
  }

  List<Claim> claims() {
    return claims;
  }

  Map<ApplicationId, Seat> changed() {
    return changed;
  }

  Patience patience(Optional<Instant> lastRound) {
    return new Patience(blocked, since, lastRound);
  }

  Instant since(Claim claim) {
    return since.get(claim.leaf().queue().name());
  }
}
