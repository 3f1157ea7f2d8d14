package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import java.util.List;

/**
 * The answer to an {@link ApplicationDemand}.
 *
 * @param admission whether the application may start
 * @param grants executors it may hold per ResourceProfile, at most what it asked for
 * @param message why it gets less than it asked for; empty when it gets all
 */
public record Allocation(Admission admission, List<Grant> grants, String message) {

  public Allocation {
    grants = List.copyOf(grants);
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
