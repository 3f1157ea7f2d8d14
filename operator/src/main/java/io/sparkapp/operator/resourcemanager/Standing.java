package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.QueueState;
import java.util.Optional;

/** What one queue and all under it hold while a pass goes on. */
final class Standing {

  private final Queue queue;
  private final Optional<Standing> above;
  private final Ceiling limit;
  private final Ceiling reach;
  private final OwnShares shares;
  private Resources used = Resources.NONE;
  private Resources leaving = Resources.NONE;
  private Resources drivers = Resources.NONE;

  /** What may not be given away, for somebody waits for it. */
  private Resources kept = Resources.NONE;

  private Resources keptByChildren = Resources.NONE;
  private int running;

  /**
   * @param above empty for root
   * @param limit the most that it may hold
   */
  Standing(Queue queue, Optional<Standing> above, Ceiling limit) {
    this.queue = queue;
    this.above = above;
    this.limit = limit;
    this.shares = new OwnShares(queue);
    this.reach = above.map(parent -> limit.and(parent.reach)).orElse(limit);
  }

  Queue queue() {
    return queue;
  }

  Optional<Standing> above() {
    return above;
  }

  Ceiling limit() {
    return limit;
  }

  Resources used() {
    return used;
  }

  /** What will be left when all that was told to go has gone. */
  Resources settled() {
    return used.minus(leaving);
  }

  int running() {
    return running;
  }

  /** Counts the applications of a line in, here and above. */
  void fill(Line line) {
    for (Standing here = this; ; here = here.above.get()) {
      here.used = here.used.plus(line.used());
      here.leaving = here.leaving.plus(line.leaving());
      here.running += line.running();
      here.shares.count(line);
      if (here.above.isEmpty()) {
        break;
      }
    }
    drivers = line.drivers();
  }

  /** Once all lines are counted. */
  void keepFree() {
    above.ifPresent(parent -> parent.keptByChildren = parent.keptByChildren.plus(unlent()));
  }

  private Resources unlent() {
    return queue.keepsFree().isNone()
        ? Resources.NONE
        : queue.keepsFree().minus(used).withoutDebts();
  }

  /** An application of this queue gets more, or with less than nothing gives something back. */
  void charge(Application application, Resources more, int applications) {
    if (applications != 0) {
      drivers = drivers.plus(application.demand().driver().times(applications));
    }
    for (Standing here = this; ; here = here.above.get()) {
      Resources free = here.unlent();
      here.used = here.used.plus(more);
      here.running += applications;
      here.shares.count(application, more, applications);
      if (here.above.isEmpty()) {
        return;
      }
      if (!here.queue.keepsFree().isNone()) {
        Standing parent = here.above.get();
        parent.keptByChildren = parent.keptByChildren.minus(free).plus(here.unlent());
      }
    }
  }

  /** So much of what is here now has been told to go. */
  void takeBack(Resources going) {
    for (Standing here = this; ; here = here.above.get()) {
      here.leaving = here.leaving.plus(going);
      if (here.above.isEmpty()) {
        return;
      }
    }
  }

  /** Nobody but those who waited longest gets this much of what is above. */
  void keep(Resources room) {
    for (Optional<Standing> here = above; here.isPresent(); here = here.get().above) {
      here.get().kept = here.get().kept.plus(room);
    }
  }

  /**
   * What keeps an application of this queue from {@code more}.
   *
   * @param starts whether it would be one more that runs
   */
  Optional<Obstacle> obstacle(Application application, Resources more, boolean starts) {
    if (starts && driversAreTooMany(application)) {
      return Optional.of(new Obstacle.Drivers(queue, queue.spec().maxDriverShare()));
    }
    Resources unlent = Resources.NONE;
    for (Standing here = this; ; here = here.above.get()) {
      Optional<Obstacle> found = here.ownObstacle(application, more, starts, unlent);
      if (found.isPresent() || here.above.isEmpty()) {
        return found;
      }
      unlent = here.unlent();
    }
  }

  /** Whether there is room for {@code more}, whoever it is for. */
  boolean hasRoomFor(Resources more) {
    for (Standing here = this; ; here = here.above.get()) {
      if (!here.limit.admits(here.used, here.kept, more)) {
        return false;
      }
      if (here.above.isEmpty()) {
        return true;
      }
    }
  }

  private Optional<Obstacle> ownObstacle(
      Application application, Resources more, boolean starts, Resources unlent) {
    Integer most = queue.spec().maxRunningApplications();
    if (starts && most != null && running >= most) {
      return Optional.of(new Obstacle.Crowded(queue, most));
    }
    Optional<Obstacle> own = shares.obstacle(application, more, starts);
    if (own.isPresent()) {
      return own;
    }
    Resources free =
        keptByChildren.isNone() ? kept : kept.plus(keptByChildren).minus(unlent).withoutDebts();
    return limit.admits(used, free, more)
        ? Optional.empty()
        : Optional.of(new Obstacle.Full(queue, limit, used, free, more));
  }

  /** One driver may always run, as on YARN. */
  private boolean driversAreTooMany(Application application) {
    Integer percent = queue.spec().maxDriverShare();
    return percent != null
        && !drivers.isNone()
        && !reach().percent(percent).admits(drivers, Resources.NONE, application.demand().driver());
  }

  /** The most that it could ever hold, with the limits of those above. */
  Ceiling reach() {
    return reach;
  }

  /** Whether it, or a queue above it, has less than it is guaranteed of something. */
  boolean mayClaim() {
    for (Standing here = this; ; here = here.above.get()) {
      if (here.queue.hasGuarantee() && Shares.ofGuarantee(here.used, here.queue.guaranteed()) < 1) {
        return true;
      }
      if (here.above.isEmpty()) {
        return false;
      }
    }
  }

  /** How many more applications may run, of this queue and those above. */
  long startsLeft() {
    long left = queue.spec().state() == QueueState.Open ? Long.MAX_VALUE : 0;
    for (Standing here = this; ; here = here.above.get()) {
      Integer most = here.queue.spec().maxRunningApplications();
      left = most == null ? left : Math.min(left, Math.max(0, most - here.running));
      if (here.above.isEmpty()) {
        return left;
      }
    }
  }

  /** How many queues are above it. */
  int depth() {
    return above.map(parent -> parent.depth() + 1).orElse(0);
  }

  /** What queues under it keep free for themselves, but for this one of them. */
  Resources keptFrom(Standing child) {
    return keptByChildren.minus(child.unlent()).withoutDebts();
  }

  /** Whether {@code more} is within what it is guaranteed, of {@code resource} among others. */
  boolean guarantees(String resource, Resources more) {
    Resources promised = queue.guaranteed();
    return promised.amount(resource) > 0 && isWithin(promised, used.plus(more));
  }

  /**
   * Whether it would still hold all that it is guaranteed without {@code less}, of the resources
   * that are missing elsewhere.
   */
  boolean spares(Resources less, Resources missing) {
    Resources left = settled().minus(less);
    Resources promised = queue.guaranteed();
    return spares(less.cpu(), missing.cpu(), left.cpu(), promised.cpu())
        && spares(less.memory(), missing.memory(), left.memory(), promised.memory())
        && less.others().keySet().stream()
            .allMatch(
                name ->
                    spares(
                        less.amount(name),
                        missing.amount(name),
                        left.amount(name),
                        promised.amount(name)));
  }

  private static boolean spares(long less, long missing, long left, long promised) {
    return less == 0 || missing == 0 || left >= promised;
  }

  private static boolean isWithin(Resources promised, Resources amount) {
    return (promised.cpu() == 0 || amount.cpu() <= promised.cpu())
        && (promised.memory() == 0 || amount.memory() <= promised.memory())
        && promised.others().keySet().stream()
            .allMatch(name -> amount.amount(name) <= promised.amount(name));
  }
}
