package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.Names;
import io.sparkapp.operator.applicationmaster.Observed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that is known of applications without a call. It may lag behind.
 *
 * @param apps the applications themselves
 */
public record ApplicationCaches(
    IndexerResourceCache<SparkApp> apps,
    PodEvents pods,
    InformerEventSource<ExecutorRequest, SparkApp> requests,
    InformerEventSource<Lease, SparkApp> leases) {

  /** All applications. */
  public Stream<SparkApp> all() {
    return apps.list();
  }

  /** Whether it was deleted since it was read, and perhaps created again. */
  boolean isGone(SparkApp app) {
    return apps.get(ResourceID.fromResource(app))
        .filter(there -> there.getMetadata().getUid().equals(app.getMetadata().getUid()))
        .isEmpty();
  }

  /** How many objects there are, by resource. */
  public Map<String, Integer> sizes() {
    return Map.of(
        "sparkapps", (int) apps.keys().count(),
        "pods", (int) pods.keys().count(),
        "executorrequests", (int) requests.keys().count(),
        "leases", (int) leases.keys().count());
  }

  /** What belongs to one application and its current attempt. */
  Observed observe(SparkApp app, Instant now) {
    return observe(app, pods.of(app), now);
  }

  /**
   * The same with pods that are not from the cache.
   *
   * @param all of the application's
   */
  Observed observe(SparkApp app, List<Pod> all, Instant now) {
    Names names = names(app);
    String attempt = Integer.toString(names.attempt());
    List<Pod> ofAttempt =
        all.stream()
            .filter(pod -> attempt.equals(pod.getMetadata().getLabels().get(Names.ATTEMPT)))
            .filter(pod -> Ownership.ownedBy(pod, app))
            .toList();
    return new Observed(
        app,
        requests.get(id(names)).filter(each -> Ownership.ownedBy(each, app)),
        withRole(ofAttempt, Names.DRIVER).stream().findFirst(),
        withRole(ofAttempt, Names.EXECUTOR),
        leases
            .get(id(names))
            .filter(each -> Ownership.ownedBy(each, app))
            .flatMap(DriverLease::renewed),
        now);
  }

  /** The name of the request, and of the Lease, of an application's current attempt. */
  static Set<ResourceID> ofAttempt(SparkApp app) {
    return Set.of(id(names(app)));
  }

  private static ResourceID id(Names names) {
    return new ResourceID(names.applicationId(), names.namespace());
  }

  private static Names names(SparkApp app) {
    return new Observed(app, Optional.empty(), Optional.empty(), List.of(), Instant.EPOCH).names();
  }

  private static List<Pod> withRole(List<Pod> pods, String role) {
    return pods.stream()
        .filter(pod -> role.equals(pod.getMetadata().getLabels().get(Names.ROLE)))
        .toList();
  }
}
