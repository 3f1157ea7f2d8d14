package io.sparkapp.operator.resourcemanager;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** A queue with somebody under it who wants something. */
final class Branch {

  /** Who is below its guarantee comes first, then who has priority, then who holds least. */
  private static final Comparator<Branch> NEXT = Branch::compare;

  private final Standing standing;
  private final Optional<Branch> above;
  private final Optional<Service> service;
  private final PriorityQueue<Branch> children = new PriorityQueue<>(NEXT);
  private final int priority;
  private boolean below;
  private double share;

  /** What the next executor costs that somebody there would get. */
  private Resources step = Resources.NONE;

  Branch(Standing standing, Optional<Branch> above, Optional<Service> service) {
    this.standing = standing;
    this.above = above;
    this.service = service;
    this.priority = standing.queue().spec().priority();
  }

  private static int compare(Branch one, Branch other) {
    if (one.below != other.below) {
      return one.below ? -1 : 1;
    }
    int byPriority = Integer.compare(other.priority, one.priority);
    if (byPriority != 0) {
      return byPriority;
    }
    int byShare = Double.compare(one.share, other.share);
    return byShare == 0
        ? Integer.compare(one.standing.queue().index(), other.standing.queue().index())
        : byShare;
  }

  /** Whether anybody there may get something. */
  boolean goesOn() {
    return service.map(Service::goesOn).orElse(!children.isEmpty());
  }

  /** Joins those above, once it is known who is under it. */
  void join() {
    if (above.isPresent() && goesOn()) {
      weigh();
      above.get().children.add(this);
    }
  }

  /**
   * How much it holds with half of what it would get next: so nobody is more than one executor off
   * what its weight says (Webster's method, which parliaments share seats out by).
   */
  private void weigh() {
    Queue queue = standing.queue();
    // Those below have been weighed before.
    step = service.isPresent() ? service.get().step() : children.peek().step;
    Resources halfway = standing.used().plus(step.half());
    below = queue.hasGuarantee() && Shares.ofGuarantee(standing.used(), queue.guaranteed()) < 1;
    share =
        below
            ? Shares.ofGuarantee(halfway, queue.guaranteed())
            : Shares.dominant(
                    queue.hasGuarantee() ? halfway.minus(queue.guaranteed()) : halfway,
                    standing.above().orElseThrow().reach())
                / queue.spec().weight();
  }

  /** Lets the one whose turn it is take a step. */
  void next() {
    Branch leaf = this;
    while (leaf.service.isEmpty()) {
      leaf = leaf.children.peek();
    }
    leaf.service.get().next();
    for (Branch here = leaf; here.above.isPresent(); here = here.above.get()) {
      here.above.get().children.poll();
      here.join();
    }
  }
}
