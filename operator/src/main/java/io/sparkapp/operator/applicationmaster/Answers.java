package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.ExecutorRequestStatus;
import io.sparkapp.crds.ExecutorRequestStatus.Bounds;
import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import io.sparkapp.crds.ExecutorSpec;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.resourcemanager.Allocation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Composes the operator's side of the allocate protocol. */
final class Answers {

  private Answers() {}

  static Action.Answer of(
      Observed observed, Allocation allocation, ExecutorLedger ledger, ExecutorTarget target) {
    ExecutorFailures failures = ExecutorFailures.of(observed, ledger);
    return new Action.Answer(
        observed.names().applicationId(),
        new ExecutorRequestStatus(
            grants(observed, allocation),
            target.lastId(),
            ledger.lastSequence(),
            ledger.failed(),
            ledger.ended(),
            allocation.reclaim(),
            allocation.message(),
            failures.recent(),
            bounds(observed.app())));
  }

  /** Executors granted in all, as the driver is told. */
  static int granted(Observed observed, Allocation allocation) {
    return grants(observed, allocation).stream().mapToInt(Grant::total).sum();
  }

  /** What is held by pods on their way out is no news for the driver. */
  private static List<Grant> grants(Observed observed, Allocation allocation) {
    Map<Integer, Integer> asked =
        observed.wanted().asks().stream()
            .collect(Collectors.toMap(Ask::profile, Ask::total, (one, other) -> other));
    return allocation.grants().stream()
        .map(
            grant ->
                new Grant(
                    grant.profile(),
                    Math.min(grant.total(), asked.getOrDefault(grant.profile(), grant.total()))))
        .toList();
  }

  private static Bounds bounds(SparkApp app) {
    ExecutorSpec executor = app.getSpec().executor();
    return new Bounds(app.getMetadata().getGeneration(), executor.fewest(), executor.most());
  }
}
