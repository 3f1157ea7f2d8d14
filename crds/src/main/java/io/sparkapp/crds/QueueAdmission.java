package io.sparkapp.crds;

/** When an application is admitted. */
public enum QueueAdmission {
  /** When its driver and its minimum of executors fit together. */
  Gang,
  /**
   * As soon as its driver fits, as on YARN: many drivers may then wait for each other's executors.
   */
  Driver
}
