package io.sparkapp.crds;

/** What other queues may take back from the applications of a queue; never a driver. */
public enum GivenBack {
  /** Executors beyond an application's minimum. */
  Executors,
  /** All executors. */
  AllExecutors,
  /** Nothing. */
  Nothing
}
