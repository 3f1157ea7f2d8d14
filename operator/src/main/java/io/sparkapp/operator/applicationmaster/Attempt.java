package io.sparkapp.operator.applicationmaster;

/**
 * The attempt that is under way, or was the last: what was observed of it, and what is read from
 * that once for all that is decided.
 *
 * @param ledger the account of its executors
 * @param driver how its driver goes
 */
record Attempt(Observed observed, ExecutorLedger ledger, DriverState driver) {

  static Attempt of(Observed observed) {
    return new Attempt(
        observed,
        ExecutorLedger.of(observed.wanted(), observed.answered(), ExecutorPodView.allOf(observed)),
        DriverState.of(observed));
  }
}
