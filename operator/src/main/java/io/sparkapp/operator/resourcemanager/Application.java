package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.QueueAdmission;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Reclaim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One application as the ResourceManager sees it: what it wants, and what is decided about it.
 *
 * @param demand what was reported; its asks carry what is granted now, not what was written down
 * @param queue the queue that it is charged to, or stands in line at
 * @param admitted whether it may run
 * @param charge what it holds of its queue: its driver, and of each ask as many executors as are
 *     granted or still there, whichever is more
 */
record Application(ApplicationDemand demand, String queue, boolean admitted, Resources charge) {

  /** Who comes first in line: priority, then time of submission, then name. */
  static final Comparator<Application> IN_LINE =
      Comparator.comparingInt((Application each) -> each.demand.priority())
          .reversed()
          .thenComparing(each -> each.demand.submitted())
          .thenComparing(Application::id);

  /** One that was not known until now: what was written down about it is in force. */
  static Application of(ApplicationDemand demand) {
    String queue = demand.admitted() ? demand.chargedTo().orElse(demand.queue()) : demand.queue();
    List<Ask> asks =
        demand.asks().stream()
            .map(ask -> writtenDown(ask, ask.reclaim().filter(back -> goesOn(back, ask))))
            .toList();
    return of(demand.withAsks(asks), queue, demand.admitted());
  }

  /**
   * While executors are taken back nobody knows whether what was granted was written before or
   * after some set out: only what is there counts then, the rest is granted anew.
   */
  private static Ask writtenDown(Ask ask, Optional<Reclaim> reclaim) {
    boolean unsure = reclaim.isPresent() && ask.leaving() > 0;
    int granted = unsure ? Math.min(ask.granted(), ask.live()) : ask.granted();
    return ask.with(granted, ask.held(), reclaim);
  }

  private static boolean goesOn(Reclaim reclaim, Ask ask) {
    return reclaim.goesOn(ask.live(), ask.leaving());
  }

  private static Application of(ApplicationDemand demand, String queue, boolean admitted) {
    Resources charge = Resources.NONE;
    if (admitted) {
      charge = demand.driver();
      for (Ask ask : demand.asks()) {
        charge = charge.plus(ask.size().times(ask.charged(ask.granted())));
      }
    }
    return new Application(demand, queue, admitted, charge);
  }

  /**
   * The same with what is reported now. What was decided stays: the report may be older. What is
   * wanted no more is not granted any more; what left is not taken back any more.
   */
  Application with(ApplicationDemand now) {
    List<Ask> asks = new ArrayList<>();
    for (Ask ask : now.asks()) {
      Optional<Ask> known = ask(ask.profile());
      int granted = admitted ? known.map(before -> left(before, ask)).orElse(0) : 0;
      Optional<Reclaim> reclaim = known.flatMap(Ask::reclaim).filter(back -> goesOn(back, ask));
      Ask is = ask.with(granted, ask.held(), reclaim);
      int wanted = Math.max(0, ask.wanted() - is.besides());
      asks.add(is.with(Math.min(granted, wanted), ask.held(), reclaim));
    }
    return of(now.withAsks(asks), admitted ? queue : now.queue(), admitted);
  }

  /**
   * What is left of a grant. While executors are taken back, those that set out by themselves are
   * not replaced either, or there would be more than were charged.
   */
  private static int left(Ask before, Ask now) {
    int more = before.reclaim().isPresent() ? Math.max(0, now.leaving() - before.leaving()) : 0;
    return Math.min(before.granted(), Math.max(now.live(), before.granted() - more));
  }

  /** Whether both have the same place in a line. */
  boolean standsAs(Application other) {
    return IN_LINE.compare(this, other) == 0;
  }

  ApplicationId id() {
    return demand.id();
  }

  Optional<Ask> ask(int profile) {
    return demand.asks().stream().filter(each -> each.profile() == profile).findFirst();
  }

  /**
   * The same with what it got.
   *
   * @param granted how many executors it may hold of each ask
   */
  Application given(boolean runs, int[] granted) {
    List<Ask> asks = new ArrayList<>(granted.length);
    for (int each = 0; each < granted.length; each++) {
      Ask ask = demand.asks().get(each);
      asks.add(
          ask.with(
              granted[each],
              ask.held(),
              runs == admitted ? raised(ask.reclaim(), granted[each]) : Optional.empty()));
    }
    return of(demand.withAsks(asks), queue, runs);
  }

  /** Who gets others meanwhile may keep them. */
  private static Optional<Reclaim> raised(Optional<Reclaim> reclaim, int granted) {
    return reclaim.map(back -> new Reclaim(Math.max(back.total(), granted), back.before()));
  }

  /**
   * It is to give executors back until {@code total} are left. What was granted to it may be on its
   * way into pods at this moment: it counts as held until the next report.
   */
  Application takeBack(int profile, int total, Instant before) {
    List<Ask> asks =
        demand.asks().stream()
            .map(ask -> ask.profile() == profile ? takenBack(ask, total, before) : ask)
            .toList();
    return of(demand.withAsks(asks), queue, admitted);
  }

  private static Ask takenBack(Ask ask, int total, Instant before) {
    return ask.with(total, ask.charged(ask.granted()), Optional.of(new Reclaim(total, before)));
  }

  /** It may keep what was to go and has not gone. */
  Application keep() {
    List<Ask> asks =
        demand.asks().stream()
            .map(
                ask ->
                    ask.reclaim().isPresent()
                        ? ask.with(
                            Math.max(
                                ask.granted(), Math.min(ask.charged(ask.granted()), ask.wanted())),
                            ask.held(),
                            Optional.empty())
                        : ask)
            .toList();
    return of(demand.withAsks(asks), queue, admitted);
  }

  Application moveTo(String target) {
    return new Application(demand, target, admitted, charge);
  }

  /** Whether it was told to go to another queue than the one that it is charged to. */
  boolean wantsToMove() {
    return admitted && !queue.equals(demand.queue());
  }

  /** Whether executors are taken back from it. */
  boolean givesBack() {
    for (Ask ask : demand.asks()) {
      if (ask.reclaim().isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is something to give it: a start, or executors. */
  boolean hungry() {
    if (!admitted) {
      return true;
    }
    for (Ask ask : demand.asks()) {
      if (hungry(ask)) {
        return true;
      }
    }
    return false;
  }

  static boolean hungry(Ask ask) {
    return ask.missing(ask.granted()) > 0;
  }

  /** How many executors it starts with. */
  int gang(QueueAdmission how) {
    return how == QueueAdmission.Driver || demand.asks().isEmpty()
        ? 0
        : Math.min(demand.gang(), demand.asks().get(0).wanted());
  }

  /** What it needs to start. */
  Resources toStart(QueueAdmission how) {
    int gang = gang(how);
    return gang == 0
        ? demand.driver()
        : demand.driver().plus(demand.asks().get(0).size().times(gang));
  }

  /**
   * No step that could help it in one pass needs less: of one that starts, an executor after its
   * start may be smaller than its driver.
   */
  Resources atLeast() {
    Resources least = admitted ? null : demand.driver();
    for (Ask ask : demand.asks()) {
      if (hungry(ask)) {
        Resources next = ask.next(ask.granted());
        least = least == null ? next : least.atMost(next);
      }
    }
    return least == null ? Resources.NONE : least;
  }

  /** What it wants beyond what it is charged for. */
  Resources pending() {
    Resources pending = admitted ? Resources.NONE : demand.driver();
    for (Ask ask : demand.asks()) {
      int has = admitted ? Math.max(ask.granted(), ask.charged(ask.granted()) - ask.besides()) : 0;
      pending = pending.plus(ask.size().times(ask.missing(has)));
    }
    return pending;
  }

  /** What it holds and is to give back. */
  Resources leaving() {
    Resources leaving = Resources.NONE;
    for (Ask ask : demand.asks()) {
      leaving = leaving.plus(ask.size().times(ask.going()));
    }
    return leaving;
  }
}
