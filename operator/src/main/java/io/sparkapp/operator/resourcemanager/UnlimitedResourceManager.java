package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.ExecutorRequestStatus.Grant;

/**
 * Admits every application at once and grants what it asks for: a cluster without queues, where the
 * Kubernetes scheduler alone says what fits.
 */
public final class UnlimitedResourceManager implements ResourceManager {

  @Override
  public Allocation allocate(ApplicationDemand demand) {
    return new Allocation(
        new Admission.Admitted("Queue " + demand.queue() + " has no limits."),
        demand.asks().stream().map(ask -> new Grant(ask.profile(), ask.total())).toList(),
        "");
  }
}
