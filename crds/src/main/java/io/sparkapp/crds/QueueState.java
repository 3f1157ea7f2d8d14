package io.sparkapp.crds;

/** What a queue lets happen, as a CapacityScheduler queue's state. */
public enum QueueState {
  /** It admits applications. */
  Open,
  /** It admits nothing new; what runs goes on, and gets executors as before. */
  Draining,
  /** It admits nothing new, and what runs gets no further executors. */
  Stopped
}
