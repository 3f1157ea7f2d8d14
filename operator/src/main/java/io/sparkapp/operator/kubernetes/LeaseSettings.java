package io.sparkapp.operator.kubernetes;

import java.time.Duration;

/**
 * How replicas of the operator agree on the one that decides: as client-go's leader election does,
 * by a Lease that the leader renews.
 *
 * @param name the Lease
 * @param namespace where it is
 * @param identity this replica, as the Lease names its holder
 * @param duration how long the others wait after the last renewal
 * @param renewDeadline how long a leader tries to renew before it gives up
 * @param retryPeriod pause between two tries
 */
public record LeaseSettings(
    String name,
    String namespace,
    String identity,
    Duration duration,
    Duration renewDeadline,
    Duration retryPeriod) {

  /**
   * @throws IllegalArgumentException when a leader could go on after others have taken over
   */
  public LeaseSettings {
    if (renewDeadline.compareTo(duration) >= 0 || retryPeriod.compareTo(renewDeadline) >= 0) {
      throw new IllegalArgumentException(
          "SPARKAPP_LEASE_RETRY_PERIOD ("
              + retryPeriod
              + ") has to be shorter than SPARKAPP_LEASE_RENEW_DEADLINE ("
              + renewDeadline
              + "), and that shorter than SPARKAPP_LEASE_DURATION ("
              + duration
              + "): else two operators could decide at once.");
    }
  }
}
