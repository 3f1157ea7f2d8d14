package io.sparkapp.crds;

/** What becomes of those behind the first in line when it does not fit. */
public enum QueueLine {
  /** Who fits may pass it for a while ({@code backfillFor}); then room is kept for it. */
  Backfill,
  /** Nobody passes it. */
  Strict
}
