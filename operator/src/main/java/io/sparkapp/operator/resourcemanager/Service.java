package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.QueueLine;
import io.sparkapp.crds.QueueOrdering;
import io.sparkapp.crds.QueueState;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.PriorityQueue;

/** Serves the applications of one leaf, one step at a time, in the order that the queue wants. */
final class Service {

  private final Standing standing;
  private final Line line;
  private final Sharing sharing;
  private final ArrayDeque<Seat> inLine = new ArrayDeque<>();
  private final Optional<PriorityQueue<Seat>> byShare;
  private boolean blocked;

  /**
   * @param sharing hears what was given, and who is blocked
   */
  Service(Standing standing, Line line, Sharing sharing) {
    this.standing = standing;
    this.line = line;
    this.sharing = sharing;
    QueueState state = standing.queue().spec().state();
    byShare =
        standing.queue().spec().ordering() == QueueOrdering.Fair && !line.hungry().isEmpty()
            ? Optional.of(new PriorityQueue<>(Service::byShare))
            : Optional.empty();
    int place = 0;
    for (Application each : line.hungry()) {
      place++;
      if (each.admitted() ? state != QueueState.Stopped : state == QueueState.Open) {
        Seat seat = new Seat(each, place, standing);
        byShare.ifPresentOrElse(seats -> seats.add(seat), () -> inLine.addLast(seat));
      }
    }
  }

  private static int byShare(Seat one, Seat other) {
    int byPriority = Integer.compare(other.priority(), one.priority());
    if (byPriority != 0) {
      return byPriority;
    }
    int byShare = Double.compare(one.share(), other.share());
    return byShare == 0 ? Integer.compare(one.place(), other.place()) : byShare;
  }

  /** What the next executor costs; a start costs nothing, for a large one must not be put off. */
  Resources step() {
    Seat seat = byShare.isPresent() ? byShare.get().peek() : inLine.peek();
    return seat.starts() ? Resources.NONE : seat.next();
  }

  /** Whether there is somebody left who may get something. */
  boolean goesOn() {
    return byShare.isPresent() ? !byShare.get().isEmpty() : !inLine.isEmpty();
  }

  /** Lets the next one take a step, or finds out that it can not. */
  void next() {
    Seat seat = byShare.isPresent() ? byShare.get().poll() : inLine.poll();
    Application application = seat.before();
    boolean starts = seat.starts();
    if (starts && sharing.turnedAway(standing, application)) {
      return;
    }
    Resources more = seat.next();
    Optional<Obstacle> obstacle = standing.obstacle(application, more, starts);
    if (obstacle.isPresent()) {
      meets(application, more, starts, obstacle.get());
      return;
    }
    if (!seat.changed()) {
      sharing.changed(seat);
    }
    seat.step();
    standing.charge(application, more, starts ? 1 : 0);
    if (seat.hungry()) {
      byShare.ifPresentOrElse(seats -> seats.add(seat), () -> inLine.addFirst(seat));
    }
  }

  /**
   * Only who is short of what all share holds up those behind; who waits for other nodes has no
   * room kept for it, for those that there are could never make it.
   */
  private void meets(Application application, Resources more, boolean starts, Obstacle obstacle) {
    if (!(obstacle instanceof Obstacle.Full full)) {
      return;
    }
    boolean possible = !sharing.isBeyondNodes(more);
    boolean hasWaited = possible && starts && hasWaited(application);
    if (possible && sharing.claims(standing, more, full)) {
      nobodyElse();
    } else if (hasWaited) {
      if (full.at().index() != standing.queue().index()) {
        standing.keep(more);
      }
      nobodyElse();
    } else if (standing.queue().spec().line() == QueueLine.Strict
        || !standing.mayClaim() && !standing.hasRoomFor(line.least())) {
      nobodyElse();
    }
  }

  /**
   * The first of those who wait for a start has others pass it for a while only. Who runs already
   * and wants more holds up nobody: it may want more for as long as it runs.
   */
  private boolean hasWaited(Application application) {
    boolean first = !blocked;
    blocked = true;
    return first && sharing.hasWaited(standing, application);
  }

  private void nobodyElse() {
    byShare.ifPresent(PriorityQueue::clear);
    inLine.clear();
  }
}
