package io.sparkapp.operator.applicationmaster;

import io.sparkapp.operator.applicationmaster.ExecutorState.Pending;
import java.util.Optional;

/** Says what a running driver without a running executor waits for. */
final class ExecutorsWaiting {

  private ExecutorsWaiting() {}

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
