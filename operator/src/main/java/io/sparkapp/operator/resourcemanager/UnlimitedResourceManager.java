package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import java.util.List;
import java.util.Optional;

/**
 * Admits every application at once and grants what it asks for: a cluster without queues, where the
 * Kubernetes scheduler alone says what fits.
 */
public final class UnlimitedResourceManager implements ResourceManager {

  @Override
  public Allocation allocate(ApplicationDemand demand) {
    return new Allocation(
        new Admission.Admitted("Queue " + demand.queue() + " has no limits."),
        demand.queue(),
        Optional.empty(),
        demand.asks().stream().map(ask -> new Grant(ask.profile(), ask.wanted())).toList(),
        List.of(),
        "");
  }

  @Override
  public void release(ApplicationId application) {
    // Nobody waits for it.
  }
}
