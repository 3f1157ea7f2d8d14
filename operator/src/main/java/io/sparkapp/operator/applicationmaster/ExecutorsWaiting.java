package io.sparkapp.operator.applicationmaster;

import io.sparkapp.operator.applicationmaster.ExecutorState.Pending;
import java.time.Instant;
import java.util.Optional;

/** Says what a running driver without a running executor waits for. */
final class ExecutorsWaiting {

  private ExecutorsWaiting() {}

  /** About one that will not start, while others run. */
  static Optional<String> stuck(ExecutorLedger ledger, Instant now) {
    if (ledger.running() == 0) {
      return Optional.empty();
    }
    return ledger.live().stream()
        .filter(
            executor ->
                executor.state() instanceof Pending pending && pending.waiting().hopeless(now))
        .findFirst()
        .map(
            executor ->
                "Executor "
                    + executor.id()
                    + " does not start: "
                    + ((Pending) executor.state()).waiting().sentence()
                    + ".");
  }

  static Optional<String> sentence(ExecutorLedger ledger, ExcludedNodes excluded) {
    if (ledger.running() > 0) {
      return Optional.empty();
    }
    return ledger.live().stream()
        .filter(executor -> executor.state() instanceof Pending)
        .findFirst()
        .map(
            executor ->
                "The driver runs and waits for executor "
                    + executor.id()
                    + ": "
                    + ((Pending) executor.state()).waiting().sentence()
                    + excluded.sentence().map(which -> "; " + which).orElse("")
                    + ".");
  }
}
