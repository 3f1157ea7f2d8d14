package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.ApplicationMaster;
import io.sparkapp.operator.applicationmaster.CachedForm;
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
  private final CachedForm form;

  /**
   * @param form in which pods are kept
   */
  Beginning(
      ApplicationMaster applicationMaster,
      QueuedResourceManager resourceManager,
      ClusterView cluster,
      UnservedNamespace unserved,
      FirstRound firstRound,
      CachedForm form) {
    this.applicationMaster = applicationMaster;
    this.resourceManager = resourceManager;
    this.cluster = cluster;
    this.unserved = unserved;
    this.firstRound = firstRound;
    this.form = form;
  }

  /** To be called before anything is decided, with caches that are filled but for pods. */
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
        new Holdings(caches, client, form, requests, now)
            .of(served).parallelStream().flatMap(each -> demand(each).stream()).toList());
    // Of those deleted meanwhile it was told before it knew them, and nobody decides about them.
    served.stream().filter(caches::isGone).map(SparkAppNews::id).forEach(resourceManager::release);
    firstRound.begin(served.size());
    caches.pods().readNow();
  }

  /** One that can not be read, for whatever reason, must not keep all others from being served. */
  private Optional<ApplicationDemand> demand(Holdings.Held held) {
    SparkApp app = held.observed().app();
    try {
      Optional<ApplicationDemand> reported =
          applicationMaster.reported(
              held.observed(), cluster.priorities().valueOf(app.getSpec().priorityClassName()));
      return held.seen() ? reported : reported.map(ApplicationDemand::holdingWhatWasGranted);
    } catch (RuntimeException e) {
      LOG.error("{}: what it holds could not be read", SparkAppNews.id(app), e);
      return Optional.empty();
    }
  }
}
