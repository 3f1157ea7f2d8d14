package io.sparkapp.operator.resourcemanager;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The applications of one queue, in the order in which they are served, and their sums. Immutable;
 * what a change of one application does not touch is shared.
 */
final class Line {

  static final Line EMPTY = new Line(new Application[0]);

  /** So many are put in one by one; for more all is counted anew. */
  private static final int FEW = 8;

  private final Application[] applications;
  private final Application[] hungry;
  private final Application[] waiting;
  private final Application[] moving;
  private final Application[] giving;
  private final Resources used;
  private final Resources leaving;
  private final Resources drivers;
  private final Resources least;
  private final int running;

  private Line(Application[] inOrder) {
    applications = inOrder;
    hungry = Arrays.stream(inOrder).filter(Application::hungry).toArray(Application[]::new);
    waiting = Arrays.stream(hungry).filter(each -> !each.admitted()).toArray(Application[]::new);
    moving = Arrays.stream(inOrder).filter(Application::wantsToMove).toArray(Application[]::new);
    giving = Arrays.stream(inOrder).filter(Application::givesBack).toArray(Application[]::new);
    running = inOrder.length - waiting.length;
    Resources charges = Resources.NONE;
    Resources going = Resources.NONE;
    Resources drivers = Resources.NONE;
    for (Application each : inOrder) {
      if (each.admitted()) {
        charges = charges.plus(each.charge());
        going = going.plus(each.leaving());
        drivers = drivers.plus(each.demand().driver());
      }
    }
    this.used = charges;
    this.leaving = going;
    this.drivers = drivers;
    this.least = least(hungry);
  }

  /** The line that another becomes when of one place what stood there goes, or something comes. */
  private Line(Line before, Application[] inOrder, Application gone, Application come) {
    applications = inOrder;
    hungry = swapped(before.hungry, gone, come, Application::hungry);
    waiting = swapped(before.waiting, gone, come, each -> !each.admitted());
    moving = swapped(before.moving, gone, come, Application::wantsToMove);
    giving = swapped(before.giving, gone, come, Application::givesBack);
    running = inOrder.length - waiting.length;
    used = swapped(before.used, gone, come, Application::charge);
    leaving = swapped(before.leaving, gone, come, Application::leaving);
    drivers = swapped(before.drivers, gone, come, each -> each.demand().driver());
    least = hungry == before.hungry ? before.least : least(hungry);
  }

  private static Application[] swapped(
      Application[] some, Application gone, Application come, Predicate<Application> belongs) {
    Application[] left = gone != null && belongs.test(gone) ? removed(some, gone) : some;
    return come != null && belongs.test(come) ? inserted(left, come) : left;
  }

  private static Resources swapped(
      Resources sum, Application gone, Application come, Function<Application, Resources> share) {
    Resources left = gone != null && gone.admitted() ? sum.minus(share.apply(gone)) : sum;
    return come != null && come.admitted() ? left.plus(share.apply(come)) : left;
  }

  /** Sums are counted on from the last ones, unless those were more than can be counted. */
  private Line changed(Application[] inOrder, Application gone, Application come) {
    return used.isBeyondCounting() || leaving.isBeyondCounting() || drivers.isBeyondCounting()
        ? new Line(inOrder)
        : new Line(this, inOrder, gone, come);
  }

  private static Application[] removed(Application[] some, Application gone) {
    int at = Arrays.binarySearch(some, gone, Application.IN_LINE);
    Application[] shorter = new Application[some.length - 1];
    System.arraycopy(some, 0, shorter, 0, at);
    System.arraycopy(some, at + 1, shorter, at, shorter.length - at);
    return shorter;
  }

  private static Application[] inserted(Application[] some, Application come) {
    int at = -Arrays.binarySearch(some, come, Application.IN_LINE) - 1;
    Application[] longer = new Application[some.length + 1];
    System.arraycopy(some, 0, longer, 0, at);
    longer[at] = come;
    System.arraycopy(some, at, longer, at + 1, some.length - at);
    return longer;
  }

  private static Resources least(Application[] hungry) {
    Resources least = null;
    for (Application each : hungry) {
      Resources next = each.atLeast();
      least = least == null ? next : least.atMost(next);
    }
    return least == null ? Resources.NONE : least;
  }

  /** Nobody there could do with less than this; nothing, when somebody wants what costs nothing. */
  Resources least() {
    return least;
  }

  static Line of(List<Application> applications) {
    Application[] inOrder = applications.toArray(Application[]::new);
    Arrays.sort(inOrder, Application.IN_LINE);
    return new Line(inOrder);
  }

  /** With these instead of what stood in their places, or besides. */
  Line with(List<Application> changed) {
    if (changed.size() <= FEW) {
      Line line = this;
      for (Application each : changed) {
        line = line.with(each);
      }
      return line;
    }
    SortedSet<Application> all = new TreeSet<>(Application.IN_LINE);
    all.addAll(changed);
    all.addAll(applications());
    return new Line(all.toArray(Application[]::new));
  }

  private Line with(Application application) {
    int found = Arrays.binarySearch(applications, application, Application.IN_LINE);
    if (found < 0) {
      return changed(inserted(applications, application), null, application);
    }
    Application[] changed = applications.clone();
    changed[found] = application;
    return changed(changed, applications[found], application);
  }

  /**
   * @param application one that is in this line, or that stood here in this place
   */
  Line without(Application application) {
    int found = Arrays.binarySearch(applications, application, Application.IN_LINE);
    if (found < 0) {
      return this;
    }
    Application gone = applications[found];
    return changed(removed(applications, gone), gone, null);
  }

  List<Application> applications() {
    return Arrays.asList(applications);
  }

  /** Those that there is something to give to, in order. */
  List<Application> hungry() {
    return Arrays.asList(hungry);
  }

  /** Those that are not admitted, in order. */
  List<Application> waiting() {
    return Arrays.asList(waiting);
  }

  /** Those that were told to go to another queue, and have not gone yet. */
  List<Application> moving() {
    return Arrays.asList(moving);
  }

  /** Those from whom executors are taken back. */
  List<Application> giving() {
    return Arrays.asList(giving);
  }

  /** Place among the waiting, from 1. */
  int place(Application application) {
    int found = Arrays.binarySearch(waiting, application, Application.IN_LINE);
    return found < 0 ? -found : found + 1;
  }

  Resources used() {
    return used;
  }

  /** Of what is used, what has been told to go. */
  Resources leaving() {
    return leaving;
  }

  Resources drivers() {
    return drivers;
  }

  int running() {
    return running;
  }

  /** What is wanted beyond what is used. */
  Resources pending() {
    Resources pending = Resources.NONE;
    for (Application each : hungry) {
      pending = pending.plus(each.pending());
    }
    return pending;
  }
}
