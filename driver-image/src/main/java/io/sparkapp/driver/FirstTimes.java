package io.sparkapp.driver;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is told at once when it is so for the first time: the operator ends an application that
 * never had an executor, measures how long the first executor and the first task took, and users
 * wait for the address of Spark Connect.
 */
final class FirstTimes {

  private enum First {
    EXECUTOR(progress -> progress.executors().registered() > 0),
    TASK(
        progress ->
            progress.tasks().done() + progress.tasks().active() + progress.tasks().failed() > 0),
    ADDRESS(progress -> progress.connect() != null);

    private final Predicate<Progress> isThere;

    First(Predicate<Progress> isThere) {
      this.isThere = isThere;
    }
  }

  private final Set<First> told = EnumSet.noneOf(First.class);

  /** Whether this progress has something that none before it had. */
  synchronized boolean isOneOf(Progress progress) {
    boolean news = false;
    for (First first : First.values()) {
      if (first.isThere.test(progress)) {
        news |= told.add(first);
      }
    }
    return news;
  }
}
