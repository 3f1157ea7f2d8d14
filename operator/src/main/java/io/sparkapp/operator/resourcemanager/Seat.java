package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.QueueAdmission;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import java.util.List;

/** One application that is being served: what it gets next, and what it got. */
final class Seat {

  private final Application before;
  private final int place;
  private final QueueAdmission how;
  private final Ceiling all;
  private final int[] granted;
  private boolean admitted;
  private Resources charge;
  private int hungry;
  private double share;
  private boolean changed;

  /**
   * @param place in the line
   * @param queue where it is served
   */
  Seat(Application application, int place, Standing queue) {
    this.before = application;
    this.place = place;
    this.how = queue.queue().spec().admission();
    this.all = queue.reach();
    this.admitted = application.admitted();
    this.charge = application.charge();
    this.granted = new int[asks().size()];
    for (int each = 0; each < granted.length; each++) {
      granted[each] = asks().get(each).granted();
    }
    this.hungry = nextHungry(0);
    this.share = Shares.dominant(charge, all);
  }

  private List<Ask> asks() {
    return before.demand().asks();
  }

  private int nextHungry(int from) {
    int each = from;
    while (each < granted.length && asks().get(each).missing(granted[each]) == 0) {
      each++;
    }
    return each;
  }

  Application before() {
    return before;
  }

  /** The application with what it got. */
  Application now() {
    return changed ? before.given(admitted, granted) : before;
  }

  /** Whether it got anything. */
  boolean changed() {
    return changed;
  }

  int place() {
    return place;
  }

  int priority() {
    return before.demand().priority();
  }

  /** How much it holds by now. */
  double share() {
    return share;
  }

  boolean starts() {
    return !admitted;
  }

  boolean hungry() {
    return !admitted || hungry < granted.length;
  }

  /** What the next step is charged. An executor that is still there costs nothing more. */
  Resources next() {
    if (!admitted) {
      return before.toStart(how);
    }
    return asks().get(hungry).next(granted[hungry]);
  }

  /** Takes the step: a start with all it needs, or one executor. */
  void step() {
    charge = charge.plus(next());
    if (admitted) {
      granted[hungry]++;
    } else {
      admitted = true;
      if (granted.length > 0) {
        granted[0] = before.gang(how);
      }
    }
    hungry = nextHungry(hungry);
    share = Shares.dominant(charge, all);
    changed = true;
  }
}
