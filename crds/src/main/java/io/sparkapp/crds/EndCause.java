package io.sparkapp.crds;

/** What ended an executor. */
public enum EndCause {
  /** It left of its own accord with exit code 0. */
  Completed,
  /** It went over its memory limit. */
  OOMKilled,
  /** A signal from outside ended its process. */
  Killed,
  /** It left with an exit code of its own. */
  Error,
  /** The node was short of something, or is drained. */
  Evicted,
  /** The node stopped answering. */
  NodeLost,
  /** A pod of higher priority took its place. */
  Preempted,
  /** Its queue took it back, and it had not left in time. */
  Reclaimed,
  /** Somebody deleted its pod. */
  Deleted,
  /** The driver gave it back. */
  Released,
  /** Its container never ran. */
  NeverStarted
}
