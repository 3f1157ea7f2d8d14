package io.sparkapp.operator.kubernetes;

import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.ApplicationMaster;
import io.sparkapp.operator.applicationmaster.Plan;
import io.sparkapp.operator.resourcemanager.ApplicationId;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Gives back what an application holds of its queue when it is over or gone.
 *
 * @param release tells the ResourceManager
 * @param gone whether an application was deleted, also while it was decided about
 */
record Seats(Consumer<ApplicationId> release, Predicate<SparkApp> gone) {

  /**
   * Has an application decided about.
   *
   * @param decision carries it out and writes it down; of one that was deleted meanwhile that may
   *     fail, and nobody decides about it again
   */
  Plan around(SparkApp app, Supplier<Plan> decision) {
    boolean over = false;
    try {
      Plan plan = decision.get();
      over = !ApplicationMaster.isInQueue(plan.status());
      return plan;
    } finally {
      // Only now: who comes next must not start before it is known that this one is over.
      if (over || gone.test(app)) {
        release.accept(SparkAppNews.id(app));
      }
    }
  }
}
