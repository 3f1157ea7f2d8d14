package io.sparkapp.crds;

/** How far a stage is; Spark's {@code StageStatus} under names that a reader knows from status. */
public enum StageState {
  /** Its parents are not done. */
  Waiting,
  /** Submitted; its tasks run or wait for a slot. */
  Active,
  /** Ended well. */
  Done,
  /** Not needed: what it would have written is there. */
  Skipped,
  /** Ended badly; Spark may try it again under another attempt. */
  Failed
}
