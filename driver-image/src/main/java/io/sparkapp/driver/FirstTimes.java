package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
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
    EXECUTOR(progress -> progress.at("/executors/registered").asInt() > 0),
    TASK(
        progress ->
            progress.at("/tasks/done").asInt()
                    + progress.at("/tasks/active").asInt()
                    + progress.at("/tasks/failed").asInt()
                > 0),
    ADDRESS(progress -> progress.hasNonNull("connect"));

    private final Predicate<JsonNode> isThere;

    First(Predicate<JsonNode> isThere) {
      this.isThere = isThere;
    }
  }

  private final Set<First> told = EnumSet.noneOf(First.class);

  /** Whether this progress has something that none before it had. */
  synchronized boolean isOneOf(JsonNode progress) {
    boolean news = false;
    for (First first : First.values()) {
      if (first.isThere.test(progress)) {
        news |= told.add(first);
      }
    }
    return news;
  }
}
