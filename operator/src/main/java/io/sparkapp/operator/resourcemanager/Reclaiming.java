package io.sparkapp.operator.resourcemanager;

import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import io.sparkapp.operator.resourcemanager.Sharing.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Takes executors back for queues that miss what they are guaranteed: from queues that hold more
 * than theirs, never below it, a part at a time. The queue that holds most beyond its guarantee
 * gives first; in it applications with idle executors, then those of lower priority, then the
 * newest. Which of its executors go, the driver says.
 */
final class Reclaiming {

  /** Between two rounds, so that what was taken back can arrive before more is. */
  static final Duration ROUND = Duration.ofSeconds(1);

  private final Snapshot snapshot;
  private final Standings standings;
  private final BiPredicate<Standing, Application> mayStart;
  private final Instant now;
  private final Map<ApplicationId, Application> changed = new LinkedHashMap<>();
  private final Map<Gift, Taken> gifts = new LinkedHashMap<>();

  /** By queue that is short, what all claims need there. */
  private final Map<Integer, Resources> claimed = new HashMap<>();

  /** By queue whose guarantee is claimed, what its applications need. */
  private final Map<Integer, Resources> needed = new HashMap<>();

  /** Executors of one ResourceProfile of an application. */
  private record Gift(ApplicationId application, int profile) {}

  /**
   * How many stay of them.
   *
   * @param from whose executors they are
   * @param by whose guarantee it is
   */
  private record Taken(int total, Instant before, Standing from, Standing by) {

    Decision.TakenBack told(Gift gift) {
      return new Decision.TakenBack(
          gift.application(),
          gift.profile(),
          total,
          before,
          "Queue %s takes executors back for queue %s, which is guaranteed %s: %s of profile %d stay."
              .formatted(
                  from.queue().name(),
                  by.queue().name(),
                  Amounts.sentence(by.queue().guaranteed()),
                  Wording.executors(total),
                  gift.profile()));
    }
  }

  /**
   * @param mayStart whether an application that waits would start if there were room
   */
  Reclaiming(
      Snapshot snapshot,
      Standings standings,
      BiPredicate<Standing, Application> mayStart,
      Instant now) {
    this.snapshot = snapshot;
    this.standings = standings;
    this.mayStart = mayStart;
    this.now = now;
  }

  /** One round for a queue that has missed its guarantee for long enough. */
  void round(Claim claim) {
    Resources need = need(claim);
    Resources all = claimed.merge(claim.at().queue().index(), need, Resources::plus);
    Resources taken = claim.at().settled().plus(claim.at().keptFrom(below(claim.leaf(), claim)));
    Resources missing = claim.at().limit().shortfall(taken, all);
    Ceiling most = claim.at().limit().percent(claim.leaf().queue().spec().preemption().pace());
    Givers givers = Givers.to(claim, snapshot, standings, changed);
    Resources round = Resources.NONE;
    while (!missing.isNone()) {
      Optional<Giver.Victim> victim = givers.next(missing);
      if (victim.isEmpty()
          || !round.isNone() && !most.admits(round, Resources.NONE, victim.get().gives())) {
        return;
      }
      take(victim.get(), claim);
      round = round.plus(victim.get().gives());
      missing = missing.minus(victim.get().gives()).withoutDebts();
    }
  }

  /** The queue right under where there is not enough, on the way to the leaf. */
  private static Standing below(Standing leaf, Claim claim) {
    Standing here = leaf;
    while (here.above().orElseThrow().queue().index() != claim.at().queue().index()) {
      here = here.above().orElseThrow();
    }
    return here;
  }

  /**
   * What its applications would get next, as far as that is within the guarantee; of those only
   * that nothing else keeps from it.
   */
  private Resources need(Claim claim) {
    Standing entitled = claim.lowest();
    Resources promised = entitled.queue().guaranteed();
    Resources others = needed.getOrDefault(entitled.queue().index(), Resources.NONE);
    Resources open = promised.minus(entitled.used()).minus(others).withoutDebts();
    Resources need = Resources.NONE;
    long starts = claim.leaf().startsLeft();
    for (Application each : snapshot.line(claim.leaf().queue()).hungry()) {
      if (!each.admitted()) {
        Resources start = each.toStart(claim.leaf().queue().spec().admission());
        boolean fits = times(start, promised, open.minus(need)) > 0;
        if (fits && starts > 0 && mayStart.test(claim.leaf(), each)) {
          need = need.plus(start);
          starts--;
        }
      } else {
        for (Ask ask : each.demand().asks()) {
          long more =
              ask.missing(Math.max(ask.granted(), ask.charged(ask.granted()) - ask.besides()));
          if (more > 0 && !snapshot.isBeyondNodes(ask.size())) {
            long fit = times(ask.size(), promised, open.minus(need));
            need = need.plus(ask.size().times(Math.min(more, fit)));
          }
        }
      }
    }
    needed.merge(entitled.queue().index(), need, Resources::plus);
    return need;
  }

  /** How often so much is within what is left of a guarantee, of the resources that it names. */
  private static long times(Resources size, Resources promised, Resources left) {
    long times = Long.MAX_VALUE;
    for (String name : promised.names()) {
      if (size.amount(name) > 0) {
        times = Math.min(times, Math.max(0, left.amount(name)) / size.amount(name));
      }
    }
    return times == Long.MAX_VALUE ? 0 : times;
  }

  private void take(Giver.Victim victim, Claim claim) {
    Ask ask = victim.ask();
    Instant before = now.plus(victim.leaf().queue().gracePeriod());
    Application after = victim.application().takeBack(ask.profile(), victim.stays(), before);
    changed.put(after.id(), after);
    victim.leaf().takeBack(victim.gives());
    Gift gift = new Gift(after.id(), ask.profile());
    // What was taken last is told last.
    gifts.remove(gift);
    gifts.put(gift, new Taken(victim.stays(), before, victim.leaf(), claim.lowest()));
  }

  Map<ApplicationId, Application> changed() {
    return changed;
  }

  List<Decision.TakenBack> decisions() {
    List<Decision.TakenBack> decisions = new ArrayList<>();
    gifts.forEach((gift, taken) -> decisions.add(taken.told(gift)));
    return decisions;
  }
}
