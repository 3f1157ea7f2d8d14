package io.sparkapp.driver;

import io.sparkapp.driver.RequestStatus.Bounds;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.scheduler.cluster.SchedulerBackendUtils$;

/**
 * How many executors there may be. It begins as the configuration says, and changes when the user
 * changes the application; Spark itself reads its configuration once.
 */
final class ExecutorBounds {

  private static final int DEFAULT_EXECUTORS = 2;

  private final boolean dynamic;
  private final int initial;
  private Bounds bounds;
  private boolean everChanged;

  ExecutorBounds(SparkConf conf) {
    this.dynamic = conf.getBoolean("spark.dynamicAllocation.enabled", false);
    this.initial =
        SchedulerBackendUtils$.MODULE$.getInitialTargetExecutorNumber(conf, DEFAULT_EXECUTORS);
    this.bounds =
        dynamic
            ? new Bounds(
                0,
                conf.getInt("spark.dynamicAllocation.minExecutors", 0),
                conf.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE))
            : new Bounds(0, initial, initial);
  }

  /** Whether Spark says how many it wants. */
  boolean dynamic() {
    return dynamic;
  }

  /** How many to start with. */
  int initial() {
    return initial;
  }

  /** With how many Spark may begin: its user may want fewer by now. */
  synchronized int toWaitFor() {
    return Math.min(initial, bounds.max());
  }

  synchronized int min() {
    return bounds.min();
  }

  synchronized int max() {
    return bounds.max();
  }

  /** Whether they are others than those that Spark has read. */
  synchronized boolean everChanged() {
    return everChanged;
  }

  /**
   * The operator told of these; it may tell of older ones later.
   *
   * @return whether they are news
   */
  synchronized boolean change(Bounds told) {
    boolean same = told.min() == bounds.min() && told.max() == bounds.max();
    // Without dynamic allocation there is one number; other ones are not for this driver.
    if (told.generation() < bounds.generation() || !dynamic && told.min() != told.max()) {
      return false;
    }
    bounds = told;
    everChanged |= !same;
    return !same;
  }

  /**
   * What is asked for when Spark wants {@code total}. Without dynamic allocation the program may
   * want any number ({@code SparkContext.requestTotalExecutors}).
   */
  synchronized int clamp(int profile, int total) {
    if (!dynamic || !everChanged) {
      return total;
    }
    // Spark starts no executor of a profile that no stage has asked for.
    int fewest = profile == ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID() ? bounds.min() : 0;
    return Math.min(Math.max(total, fewest), bounds.max());
  }

  /** How many executors of a ResourceProfile may stay. */
  synchronized int mayStay(int profile) {
    return everChanged ? bounds.max() : Integer.MAX_VALUE;
  }
}
