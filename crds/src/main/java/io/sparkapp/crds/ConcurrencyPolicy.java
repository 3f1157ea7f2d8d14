package io.sparkapp.crds;

/**
 * What is done when the time of a run has come and an earlier one has not ended, as a CronJob's.
 */
public enum ConcurrencyPolicy {
  /** They run side by side. */
  Allow,
  /** The earlier one goes on, and no other is started beside it. */
  Forbid,
  /** The earlier one is deleted; when nothing of it is left, the new one is started. */
  Replace
}
