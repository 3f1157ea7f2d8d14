package io.sparkapp.crds;

/** Queue systems and schedulers that SparkApps get on with. */
public enum BatchSchedulerKind {
  /** Apache YuniKorn, a scheduler with queues of its own. */
  YuniKorn,
  /** Volcano, a scheduler with queues and pod groups of its own. */
  Volcano,
  /** Kueue, which holds pods back until its quota has room, and leaves nodes to the scheduler. */
  Kueue
}
