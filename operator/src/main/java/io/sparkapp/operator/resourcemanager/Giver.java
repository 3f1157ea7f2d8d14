package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.GivenBack;
import io.sparkapp.crds.QueueAdmission;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A queue from which executors can be taken for a claim. Who of its applications is next, and how
 * much it holds beyond its guarantee, is remembered until something is taken that changes it: in a
 * large cluster a round takes thousands.
 */
final class Giver {

  /** Of its applications the greatest gives first. */
  private static final Comparator<Victim> FIRST_TO_GIVE =
      Comparator.comparing((Victim victim) -> idle(victim.ask()))
          .thenComparing(
              Comparator.comparingInt((Victim victim) -> victim.application().demand().priority())
                  .reversed())
          .thenComparing(victim -> victim.application().demand().submitted())
          .thenComparing(victim -> victim.application().id())
          .thenComparing(victim -> victim.ask().profile());

  private final Standing leaf;
  private final Standing below;
  private final Line line;
  private final Map<ApplicationId, Application> changed;
  private Optional<Victim> victim = Optional.empty();
  private double excessBelow;
  private double excessOfLeaf;

  /** An application that could give an executor of one ResourceProfile. */
  record Victim(Standing leaf, Application application, Ask ask) {

    /** How many executors it has left then. */
    int stays() {
      return ask.staysOneTakenBack();
    }

    /** What it gives. */
    Resources gives() {
      return ask.size().times(ask.granted() - stays());
    }
  }

  /**
   * @param below the queue above the leaf, or itself, that is next to one that claims
   * @param line the leaf's applications
   * @param changed those of whom something was taken already, as they are now
   */
  Giver(Standing leaf, Standing below, Line line, Map<ApplicationId, Application> changed) {
    this.leaf = leaf;
    this.below = below;
    this.line = line;
    this.changed = changed;
  }

  /** Who gives first if it is taken from; empty when nobody may. */
  Optional<Victim> victim() {
    return victim;
  }

  /** The greater gives first: what is nearer has less in common with others who did nothing. */
  int compare(Giver other) {
    int byDepth = Integer.compare(below.depth(), other.below.depth());
    if (byDepth != 0) {
      return byDepth;
    }
    int byBelow = Double.compare(excessBelow, other.excessBelow);
    if (byBelow != 0) {
      return byBelow;
    }
    int byLeaf = Double.compare(excessOfLeaf, other.excessOfLeaf);
    return byLeaf == 0 ? other.leaf.queue().name().compareTo(leaf.queue().name()) : byLeaf;
  }

  /** Looks at everything. */
  void look(Resources missing) {
    excessBelow = excess(below);
    excessOfLeaf = excess(leaf);
    victim = best(missing);
  }

  /** Something was taken from somebody; what is missing is missing of the same resources still. */
  void taken(Giver giver, Resources missing) {
    if (giver.below != below) {
      return;
    }
    excessBelow = excess(below);
    if (giver == this) {
      excessOfLeaf = excess(leaf);
    }
    // The guarantees above may have been reached: then the next best may still be small enough.
    if (giver == this || victim.filter(best -> spared(best.gives(), missing)).isEmpty()) {
      victim = best(missing);
    }
  }

  /** How much it will hold beyond its guarantee. */
  private static double excess(Standing standing) {
    return Shares.dominant(
            standing.settled().minus(standing.queue().guaranteed()),
            standing.above().orElseThrow().reach())
        / standing.queue().spec().weight();
  }

  private Optional<Victim> best(Resources missing) {
    List<Victim> victims = new ArrayList<>();
    for (Application each : line.applications()) {
      Application application = changed.getOrDefault(each.id(), each);
      if (application.admitted()) {
        for (Ask ask : application.demand().asks()) {
          Victim candidate = new Victim(leaf, application, ask);
          if (candidate.stays() >= floor(application, ask)
              && helps(ask.size(), missing)
              && spared(candidate.gives(), missing)) {
            victims.add(candidate);
          }
        }
      }
    }
    return victims.stream().max(FIRST_TO_GIVE);
  }

  private static boolean idle(Ask ask) {
    return ask.idle() > Math.max(0, ask.live() - ask.granted());
  }

  private int floor(Application application, Ask ask) {
    boolean first = application.demand().asks().get(0).profile() == ask.profile();
    return first && leaf.queue().spec().preemption().gives() == GivenBack.Executors
        ? application.gang(QueueAdmission.Gang)
        : 0;
  }

  private static boolean helps(Resources size, Resources missing) {
    return size.cpu() > 0 && missing.cpu() > 0
        || size.memory() > 0 && missing.memory() > 0
        || size.others().keySet().stream().anyMatch(name -> missing.amount(name) > 0);
  }

  /** Whether all from the leaf up to the sibling of who claims would keep their guarantees. */
  private boolean spared(Resources size, Resources missing) {
    Standing here = leaf;
    while (here.spares(size, missing)) {
      if (here.queue().index() == below.queue().index()) {
        return true;
      }
      here = here.above().orElseThrow();
    }
    return false;
  }
}
