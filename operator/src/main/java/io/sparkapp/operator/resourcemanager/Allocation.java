package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import io.sparkapp.crds.ExecutorRequestStatus.Reclaim;
import java.util.List;
import java.util.Optional;

/**
 * The answer to an {@link ApplicationDemand}.
 *
 * @param admission whether the application may start
 * @param queue the queue that it is charged to, or waits in
 * @param place its place in line, from 1, while it waits
 * @param grants executors it may hold per ResourceProfile, at most what it asked for
 * @param reclaim of which ResourceProfiles executors are taken back
 * @param message why it gets less than it asked for; empty when it gets all
 */
public record Allocation(
    Admission admission,
    String queue,
    Optional<Integer> place,
    List<Grant> grants,
    List<Reclaim> reclaim,
    String message) {

  public Allocation {
    grants = List.copyOf(grants);
    reclaim = List.copyOf(reclaim);
  }

  /** How many executors of a ResourceProfile may be held. */
  public int granted(int profile) {
    return grants.stream()
        .filter(grant -> grant.profile() == profile)
        .mapToInt(Grant::total)
        .findFirst()
        .orElse(0);
  }

  /** Executors granted in all. */
  public int total() {
    return grants.stream().mapToInt(Grant::total).sum();
  }
}
