package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.ExecutorRequestStatus.Reclaim;
import io.sparkapp.operator.resourcemanager.Allocation;
import java.util.List;
import java.util.Optional;

/** What a user is told of the decisions of an application's queue. */
final class QueueEvents {

  private QueueEvents() {}

  /** One that did not have to wait is told nothing: it has started. */
  static Optional<Action> admitted(Observed observed, Allocation allocation) {
    return Conditions.find(observed.status().conditions(), Conditions.ADMITTED)
        .filter(condition -> StatusReport.IN_LINE.equals(condition.getReason()))
        .map(
            condition ->
                new Action.Announce(
                    EventReason.Admitted,
                    ApplicationMaster.ofAttempt(observed, allocation.admission().reason())));
  }

  /** It is charged to another queue than before. */
  static Optional<Action> moved(Observed observed, Allocation allocation) {
    String before = observed.status().queue();
    return before == null || before.equals(allocation.queue())
        ? Optional.empty()
        : Optional.of(
            new Action.Announce(
                EventReason.Moved,
                ApplicationMaster.ofAttempt(
                    observed,
                    "Moved from queue %s to queue %s with all that it holds."
                        .formatted(before, allocation.queue()))));
  }

  /** Executors are taken back, and none that are there were before. */
  static Optional<Action> reclaimed(
      Observed observed, Allocation allocation, ExecutorLedger ledger) {
    int executors = tooMany(allocation.reclaim(), ledger);
    if (executors == 0 || tooMany(observed.answered().reclaim(), ledger) > 0) {
      return Optional.empty();
    }
    String sentence =
        allocation.message().isBlank()
            ? "Queue %s takes %s back."
                .formatted(
                    allocation.queue(), executors == 1 ? "1 executor" : executors + " executors")
            : allocation.message();
    return Optional.of(
        new Action.Announce(
            EventReason.ExecutorsReclaimed, ApplicationMaster.ofAttempt(observed, sentence)));
  }

  private static int tooMany(List<Reclaim> reclaims, ExecutorLedger ledger) {
    return reclaims.stream()
        .mapToInt(reclaim -> Math.max(0, ledger.heldOf(reclaim.profile()) - reclaim.total()))
        .sum();
  }
}
