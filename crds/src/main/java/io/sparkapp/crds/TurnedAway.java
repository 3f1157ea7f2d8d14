package io.sparkapp.crds;

/** What becomes of an application that a queue does not take in. */
public enum TurnedAway {
  /** It waits until the queue is open to it. */
  Wait,
  /** It fails at once, with the reason. */
  Refuse
}
