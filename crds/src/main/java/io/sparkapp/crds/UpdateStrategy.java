package io.sparkapp.crds;

/** What becomes of a change that a running attempt can not take in. */
public enum UpdateStrategy {
  /** The API server refuses it. */
  Refuse,
  /** The attempt ends, and another one starts with it. */
  Restart
}
