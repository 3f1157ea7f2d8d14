package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.Names;
import io.sparkapp.operator.applicationmaster.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Observes what belongs to one application: from caches, which cost no call. They may lag: that
 * something is gone is believed only to the API server itself.
 */
final class ApplicationObserver {

  private final Silences silences = new Silences();

  Observed observe(SparkApp app, Context<SparkApp> context, Instant now) {
    Observed cached = cached(app, context, now);
    boolean driverGone = cached.driverMustBeThere() && cached.driver().isEmpty();
    boolean requestGone = cached.requestMustBeThere() && cached.request().isEmpty();
    boolean silent = cached.driverIsSilent();
    if (!driverGone && !requestGone && !silent) {
      return cached;
    }
    KubernetesClient client = context.getClient();
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

  private static Observed cached(SparkApp app, Context<SparkApp> context, Instant now) {
    Names names = new Observed(app, Optional.empty(), Optional.empty(), List.of(), now).names();
    String attempt = Integer.toString(names.attempt());
    List<Pod> pods =
        context
            .getSecondaryResourcesAsStream(Pod.class)
            .filter(pod -> attempt.equals(pod.getMetadata().getLabels().get(Names.ATTEMPT)))
            .filter(pod -> Ownership.ownedBy(pod, app))
            .toList();
    return new Observed(
        app,
        context
            .getSecondaryResourcesAsStream(ExecutorRequest.class)
            .filter(each -> names.applicationId().equals(each.getMetadata().getName()))
            .filter(each -> Ownership.ownedBy(each, app))
            .findFirst(),
        withRole(pods, Names.DRIVER).stream().findFirst(),
        withRole(pods, Names.EXECUTOR),
        context
            .getSecondaryResourcesAsStream(Lease.class)
            .filter(each -> names.applicationId().equals(each.getMetadata().getName()))
            .filter(each -> Ownership.ownedBy(each, app))
            .findFirst()
            .flatMap(DriverLease::renewed),
        now);
  }

  private static List<Pod> withRole(List<Pod> pods, String role) {
    return pods.stream()
        .filter(pod -> role.equals(pod.getMetadata().getLabels().get(Names.ROLE)))
        .toList();
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
