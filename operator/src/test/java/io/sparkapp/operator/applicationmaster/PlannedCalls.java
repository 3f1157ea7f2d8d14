package io.sparkapp.operator.applicationmaster;

import java.util.List;

/**
 * The calls that a plan takes.
 *
 * @param stages each begins when the one before is done; the calls of one are made at once
 */
record PlannedCalls(List<List<Runnable>> stages) {

  int count() {
    return stages.stream().mapToInt(List::size).sum();
  }

  /**
   * The call after {@code steps} others meets with the fault; no stage follows then.
   *
   * @return whether all were made, and none met with it
   */
  boolean make(int steps, Fault fault) {
    int left = steps;
    for (List<Runnable> stage : stages) {
      if (left < stage.size()) {
        meet(stage, left, fault);
        return false;
      }
      stage.forEach(Runnable::run);
      left -= stage.size();
    }
    return true;
  }

  /** Calls of one stage are made at once: those that meet with nothing have their effect. */
  private static void meet(List<Runnable> stage, int victim, Fault fault) {
    for (int i = 0; i < stage.size(); i++) {
      boolean made =
          switch (fault) {
            case KilledBefore -> i < victim;
            case KilledAfter -> i <= victim;
            case Refused -> i != victim;
            case AnsweredTooLate -> true;
          };
      if (made) {
        stage.get(i).run();
      }
    }
  }
}
