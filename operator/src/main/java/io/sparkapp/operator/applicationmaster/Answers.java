package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.ExecutorRequestStatus;
import io.sparkapp.crds.ExecutorRequestStatus.Bounds;
import io.sparkapp.crds.ExecutorRequestStatus.Counts;
import io.sparkapp.crds.ExecutorSpec;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.resourcemanager.Allocation;

/** Composes the operator's side of the allocate protocol. */
final class Answers {

  private Answers() {}

  static Action.Answer of(
      Observed observed, Allocation allocation, ExecutorLedger ledger, ExecutorTarget target) {
    ExecutorFailures failures = ExecutorFailures.of(observed, ledger);
    return new Action.Answer(
        observed.names().applicationId(),
        new ExecutorRequestStatus(
            allocation.grants(),
            target.lastId(),
            ledger.lastSequence(),
            new Counts(
                ledger.pending() + target.create().size() - target.cancel().size(),
                ledger.running()),
            ledger.failed(),
            ledger.ended(),
            observed.answered().reclaim(),
            allocation.message(),
            failures.recent(),
            bounds(observed.app())));
  }

  private static Bounds bounds(SparkApp app) {
    ExecutorSpec executor = app.getSpec().executor();
    return new Bounds(app.getMetadata().getGeneration(), executor.fewest(), executor.most());
  }
}
