package io.sparkapp.operator.resourcemanager;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The applications of one queue, in the order in which they are served, and their sums. Immutable;
 * what a change of one application does not touch is shared.
 */
final class Line {

  static final Line EMPTY = new Line(new Application[0]);

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
    if (changed.size() == 1) {
      return with(changed.get(0));
    }
    SortedSet<Application> all = new TreeSet<>(Application.IN_LINE);
    all.addAll(changed);
    all.addAll(applications());
    return new Line(all.toArray(Application[]::new));
  }

  private Line with(Application application) {
    int found = Arrays.binarySearch(applications, application, Application.IN_LINE);
    if (found >= 0) {
      Application[] changed = applications.clone();
      changed[found] = application;
      return new Line(changed);
    }
    int at = -found - 1;
    Application[] longer = new Application[applications.length + 1];
    System.arraycopy(applications, 0, longer, 0, at);
    longer[at] = application;
    System.arraycopy(applications, at, longer, at + 1, applications.length - at);
    return new Line(longer);
  }

  /**
   * @param application one that is in this line, or that stood here in this place
   */
  Line without(Application application) {
    int found = Arrays.binarySearch(applications, application, Application.IN_LINE);
    if (found < 0) {
      return this;
    }
    Application[] shorter = new Application[applications.length - 1];
    System.arraycopy(applications, 0, shorter, 0, found);
    System.arraycopy(applications, found + 1, shorter, found, shorter.length - found);
    return new Line(shorter);
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
