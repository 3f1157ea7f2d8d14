package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.ExecutorRequestStatus.Reclaim;
import io.sparkapp.operator.resourcemanager.Allocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Executors that a queue takes back. The driver chooses which, and has time to hand over their
 * blocks; when it is over those that are still too many are ended here: first those that the driver
 * says are leaving, lest the application lose others besides, then the newest.
 */
final class TakenBack {

  private TakenBack() {}

  /** The account after those were ended whose time is over. */
  static ExecutorLedger from(ExecutorLedger ledger, Allocation allocation, Observed observed) {
    Set<String> leaving = Set.copyOf(observed.wanted().leaving());
    List<ExecutorPodView> gone = new ArrayList<>();
    for (Reclaim reclaim : allocation.reclaim()) {
      if (!observed.now().isBefore(Instant.parse(reclaim.before()))) {
        gone.addAll(tooMany(ledger, leaving, reclaim));
      }
    }
    return gone.isEmpty()
        ? ledger
        : ledger.ending(gone, executor -> sentence(executor, allocation));
  }

  /** When the next ones have to be gone. */
  static Optional<Duration> lookAgain(Allocation allocation, Instant now) {
    return allocation.reclaim().stream()
        .map(reclaim -> Instant.parse(reclaim.before()))
        .filter(before -> before.isAfter(now))
        .min(Comparator.naturalOrder())
        .map(before -> Duration.between(now, before).plusMillis(1));
  }

  /** Those that have not started are cancelled anyway; nothing is lost with them. */
  private static List<ExecutorPodView> tooMany(
      ExecutorLedger ledger, Set<String> leaving, Reclaim reclaim) {
    List<ExecutorPodView> live = ledger.liveOf(reclaim.profile());
    List<ExecutorPodView> running = live.stream().filter(ExecutorPodView::running).toList();
    int pending = live.size() - running.size();
    return running.stream()
        .sorted(
            Comparator.comparing(
                    (ExecutorPodView executor) ->
                        !leaving.contains(Integer.toString(executor.id())))
                .thenComparing(Comparator.comparingInt(ExecutorPodView::id).reversed()))
        .limit(Math.max(0, live.size() - reclaim.total() - pending))
        .toList();
  }

  private static String sentence(ExecutorPodView executor, Allocation allocation) {
    return "Queue %s took executor %d back, which had not left in time; this is no fault of the application."
        .formatted(allocation.queue(), executor.id());
  }
}
