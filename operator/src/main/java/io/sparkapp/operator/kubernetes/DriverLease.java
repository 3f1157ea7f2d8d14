package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** The Lease by which a driver without a pod shows that it is alive. */
final class DriverLease {

  private DriverLease() {}

  /**
   * When it was last renewed: by the clock of the API server, which notes when a field manager last
   * changed something. A laptop's own clock, which is what {@code renewTime} has, may be hours off.
   */
  static Optional<Instant> renewed(Lease lease) {
    return lease.getMetadata().getManagedFields().stream()
        .map(ManagedFieldsEntry::getTime)
        .filter(time -> time != null)
        .map(Instant::parse)
        .max(Comparator.naturalOrder())
        .or(
            () ->
                Optional.ofNullable(lease.getSpec())
                    .map(spec -> spec.getRenewTime())
                    .map(time -> time.toInstant()));
  }
}
