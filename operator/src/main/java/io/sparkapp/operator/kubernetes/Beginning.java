package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.ApplicationMaster;
import io.sparkapp.operator.applicationmaster.Observed;
import io.sparkapp.operator.applicationmaster.UnservedNamespace;
import io.sparkapp.operator.resourcemanager.ApplicationDemand;
import io.sparkapp.operator.resourcemanager.QueuedResourceManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the ResourceManager of a new operator, or of one that has just become the leader, of all
 * applications: on half of them it would grant what the other half has.
 */
final class Beginning {

  private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);

  private final ApplicationMaster applicationMaster;
  private final QueuedResourceManager resourceManager;
  private final ClusterView cluster;
  private final UnservedNamespace unserved;
  private final FirstRound firstRound;

  Beginning(
      ApplicationMaster applicationMaster,
      QueuedResourceManager resourceManager,
      ClusterView cluster,
      UnservedNamespace unserved,
      FirstRound firstRound) {
    this.applicationMaster = applicationMaster;
    this.resourceManager = resourceManager;
    this.cluster = cluster;
    this.unserved = unserved;
    this.firstRound = firstRound;
  }

  /** To be called before anything is decided, with caches that are filled. */
  void ensure(ApplicationCaches caches, KubernetesClient client, Instant now) {
    if (!resourceManager.hasBegun()) {
      begin(caches, client, now);
    }
  }

  private synchronized void begin(ApplicationCaches caches, KubernetesClient client, Instant now) {
    if (resourceManager.hasBegun()) {
      return;
    }
    Map<ResourceID, ExecutorRequest> requests =
        new LatestRequests(client, caches.requests()::get).in(unserved.served());
    List<SparkApp> served =
        caches.all().filter(app -> unserved.serves(app.getMetadata().getNamespace())).toList();
    // Thousands are read while nobody is decided about, so on all cores.
    resourceManager.begin(
        served.parallelStream()
            .flatMap(app -> demand(app, caches, now, requests).stream())
            .toList());
    // Of those deleted meanwhile it was told before it knew them, and nobody decides about them.
    served.stream().filter(caches::isGone).map(SparkAppNews::id).forEach(resourceManager::release);
    firstRound.begin(served.size());
  }

  /** One that can not be read, for whatever reason, must not keep all others from being served. */
  private Optional<ApplicationDemand> demand(
      SparkApp app,
      ApplicationCaches caches,
      Instant now,
      Map<ResourceID, ExecutorRequest> requests) {
    try {
      return demand(caches.observe(app, now), requests);
    } catch (RuntimeException e) {
      LOG.error("{}: what it holds could not be read", SparkAppNews.id(app), e);
      return Optional.empty();
    }
  }

  private Optional<ApplicationDemand> demand(
      Observed cached, Map<ResourceID, ExecutorRequest> requests) {
    ResourceID name = new ResourceID(cached.names().applicationId(), cached.names().namespace());
    Optional<ExecutorRequest> latest =
        Optional.ofNullable(requests.get(name))
            .filter(request -> Ownership.ownedBy(request, cached.app()));
    return applicationMaster.reported(
        cached.withRequest(latest),
        cluster.priorities().valueOf(cached.app().getSpec().priorityClassName()));
  }
}
