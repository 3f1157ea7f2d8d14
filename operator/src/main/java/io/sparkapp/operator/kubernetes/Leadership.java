package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of several operators the one decides that holds the Lease; the others keep their caches warm. A
 * leader that is told to stop gives the Lease back, so that the next one need not wait until it
 * runs out.
 */
public final class Leadership {

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final LeaseSettings settings;
  private final Runnable lost;
  private volatile boolean leading;
  private volatile boolean closing;

  /**
   * @param lost is run when another operator may have taken over: this one must decide no more
   */
  public Leadership(LeaseSettings settings, Runnable lost) {
    this.settings = settings;
    this.lost = lost;
  }

  /** For the SDK, which runs the election. */
  public LeaderElectionConfiguration configuration() {
    return new LeaderElectionConfiguration(
        settings.name(),
        settings.namespace(),
        settings.duration(),
        settings.renewDeadline(),
        settings.retryPeriod(),
        settings.identity(),
        new LeaderCallbacks(
            this::started,
            this::stopped,
            leader -> LOG.info("Operator {} holds Lease {}.", leader, settings.name())),
        false);
  }

  /** Whether this operator decides. */
  public boolean isLeading() {
    return leading;
  }

  /** To be called before the election is stopped: what ends then was not lost. */
  public void close() {
    closing = true;
  }

  /** Gives the Lease back; to be called when nothing is decided any more. */
  public void release(KubernetesClient client) {
    try {
      Lease lease =
          client.leases().inNamespace(settings.namespace()).withName(settings.name()).get();
      if (lease == null || !settings.identity().equals(lease.getSpec().getHolderIdentity())) {
        return;
      }
      Lease released =
          new LeaseBuilder(lease)
              .editMetadata()
              // They are read without what they say; left out, they stay as they are.
              .withManagedFields()
              .endMetadata()
              .editSpec()
              .withHolderIdentity("")
              .endSpec()
              .build();
      // With its resource version: nothing is taken from one that has acquired it meanwhile.
      client.resource(released).update();
    } catch (KubernetesClientException e) {
      LOG.info("Lease {} was not given back and will run out: {}", settings.name(), e.getMessage());
    }
  }

  private void started() {
    leading = true;
    LOG.info("This operator, {}, decides now.", settings.identity());
  }

  private void stopped() {
    boolean wasLeading = leading;
    leading = false;
    if (wasLeading && !closing) {
      LOG.error("Lease {} was lost: this operator ends at once.", settings.name());
      lost.run();
    }
  }
}
