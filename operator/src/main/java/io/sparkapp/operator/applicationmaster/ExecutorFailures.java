package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.EndCause;
import io.sparkapp.crds.ExecutorRequestStatus.Ended;
import io.sparkapp.crds.ExecutorRequestStatus.Failure;
import io.sparkapp.crds.LimitsSpec;
import io.sparkapp.crds.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Executors that failed lately, with the nodes that may be to blame, as {@code
 * ExecutorFailureTracker} and {@code YarnAllocatorNodeHealthTracker} count them.
 *
 * @param recent as the request's status remembers them, old ones first
 * @param total how many of the attempt failed, lately or not
 */
record ExecutorFailures(List<Failure> recent, int total) {

  /** As many as a status may tell without growing too large. */
  private static final int MOST = 1000;

  private static final int OUT_OF_MEMORY = 52;

  ExecutorFailures {
    recent = List.copyOf(recent);
  }

  static ExecutorFailures of(Observed observed, ExecutorLedger ledger) {
    Map<String, Optional<String>> nodes =
        observed.executors().stream()
            .collect(
                Collectors.toMap(
                    pod -> pod.getMetadata().getLabels().get(Names.EXECUTOR_ID),
                    pod -> Optional.ofNullable(pod.getSpec().getNodeName())));
    String now = observed.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Instant oldest = observed.now().minus(memory(observed));
    List<Failure> recent = new ArrayList<>(observed.answered().failures());
    recent.removeIf(failure -> Instant.parse(failure.at()).isBefore(oldest));
    ledger.fresh().stream()
        .filter(ExecutorLedger::isFailure)
        .map(
            end ->
                new Failure(
                    now,
                    nodeMayBeToBlame(end)
                        ? nodes.getOrDefault(end.id(), Optional.empty()).orElse(null)
                        : null))
        .forEach(recent::add);
    return new ExecutorFailures(
        recent.subList(Math.max(0, recent.size() - MOST), recent.size()), ledger.failed());
  }

  /** Those that count: within the validity interval, if there is one. */
  int counting(LimitsSpec limits, Instant now) {
    return limits.executorFailuresValidity() == null
        ? total
        : (int)
            recent.stream()
                .filter(
                    failure ->
                        Instant.parse(failure.at())
                            .plus(TimeSpan.parse(limits.executorFailuresValidity()).duration())
                            .isAfter(now))
                .count();
  }

  /**
   * An executor that was killed, or that took more memory than it may, is no sign of a bad node.
   */
  private static boolean nodeMayBeToBlame(Ended end) {
    return end.cause() == EndCause.NeverStarted
        || end.cause() == EndCause.Error
            && (end.exitCode() == null || end.exitCode() != OUT_OF_MEMORY);
  }

  private static Duration memory(Observed observed) {
    Duration ofNodes = ExcludedNodes.timeout(observed.app().getSpec());
    String validity = observed.app().getSpec().limits().executorFailuresValidity();
    Duration ofLimit = validity == null ? Duration.ZERO : TimeSpan.parse(validity).duration();
    return ofNodes.compareTo(ofLimit) > 0 ? ofNodes : ofLimit;
  }
}
