package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.Names;
import io.sparkapp.operator.applicationmaster.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Observes what belongs to one application: from caches, which cost no call. They may lag: that
 * something is gone is believed only to the API server itself.
 */
final class ApplicationObserver {

  private final Silences silences = new Silences();

  Observed observe(SparkApp app, ApplicationCaches caches, KubernetesClient client, Instant now) {
    Observed cached = caches.observe(app, now);
    boolean driverGone = cached.driverMustBeThere() && cached.driver().isEmpty();
    boolean requestGone = cached.requestMustBeThere() && cached.request().isEmpty();
    boolean silent = cached.driverIsSilent();
    if (!driverGone && !requestGone && !silent) {
      return cached;
    }
    Observed live =
        new Observed(
            app,
            requestGone ? liveRequest(client, cached) : cached.request(),
            driverGone ? liveDriver(client, cached) : cached.driver(),
            cached.executors(),
            cached.leaseRenewed(),
            now);
    return silent ? live.withLeaseRenewed(lastSign(client, cached)) : live;
  }

  private Instant lastSign(KubernetesClient client, Observed cached) {
    String uid = cached.app().getMetadata().getUid();
    try {
      return silences.lastSign(
          uid,
          liveLease(client, cached),
          cached.silenceToSee(),
          Duration.ofSeconds(cached.app().getSpec().client().leaseSeconds()),
          cached.now());
    } catch (KubernetesClientException e) {
      silences.forget(uid);
      throw e;
    }
  }

  private static Optional<Pod> liveDriver(KubernetesClient client, Observed cached) {
    Names names = cached.names();
    return Optional.ofNullable(
            client.pods().inNamespace(names.namespace()).withName(names.driverPod()).get())
        .filter(pod -> Ownership.ownedBy(pod, cached.app()));
  }

  private static Optional<ExecutorRequest> liveRequest(KubernetesClient client, Observed cached) {
    Names names = cached.names();
    return Optional.ofNullable(
            client
                .resources(ExecutorRequest.class)
                .inNamespace(names.namespace())
                .withName(names.applicationId())
                .get())
        .filter(request -> Ownership.ownedBy(request, cached.app()));
  }

  private static Optional<Instant> liveLease(KubernetesClient client, Observed cached) {
    Names names = cached.names();
    return Optional.ofNullable(
            client.leases().inNamespace(names.namespace()).withName(names.applicationId()).get())
        .filter(lease -> Ownership.ownedBy(lease, cached.app()))
        .flatMap(DriverLease::renewed);
  }
}
