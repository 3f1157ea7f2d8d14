package io.sparkapp.crds;

/** Who of a queue's applications comes first, among those of the same priority. */
public enum QueueOrdering {
  /** The one that was submitted first gets all that it asks for before the next one. */
  Fifo,
  /** The one that holds the smallest dominant share gets the next executor (DRF). */
  Fair
}
