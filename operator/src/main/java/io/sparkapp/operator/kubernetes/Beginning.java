package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.ApplicationMaster;
import io.sparkapp.operator.applicationmaster.Names;
import io.sparkapp.operator.applicationmaster.Observed;
import io.sparkapp.operator.applicationmaster.UnservedNamespace;
import io.sparkapp.operator.resourcemanager.ApplicationDemand;
import io.sparkapp.operator.resourcemanager.ApplicationId;
import io.sparkapp.operator.resourcemanager.QueuedResourceManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    Map<ApplicationId, ExecutorRequest> requests = requests(client);
    List<SparkApp> served =
        caches.all().filter(app -> unserved.serves(app.getMetadata().getNamespace())).toList();
    resourceManager.begin(
        served.stream().flatMap(app -> demand(app, caches, now, requests).stream()).toList());
    // Of those deleted meanwhile it was told before it knew them, and nobody decides about them.
    served.stream().filter(caches::isGone).map(SparkAppNews::id).forEach(resourceManager::release);
    firstRound.begin(served.size());
  }

  /**
   * What was granted is not believed to a cache, which may lag behind the leader before this one.
   */
  private Map<ApplicationId, ExecutorRequest> requests(KubernetesClient client) {
    var requests = client.resources(ExecutorRequest.class);
    List<ExecutorRequest> all =
        unserved.served().isEmpty()
            ? list(requests.inAnyNamespace())
            : unserved.served().stream()
                .flatMap(namespace -> listIn(requests.inNamespace(namespace), namespace).stream())
                .toList();
    return all.stream()
        .collect(
            Collectors.toMap(
                each ->
                    new ApplicationId(
                        each.getMetadata().getNamespace(), each.getMetadata().getName()),
                Function.identity()));
  }

  /** A namespace that may not be read must not keep the operator from the others. */
  private static List<ExecutorRequest> listIn(
      FilterWatchListDeletable<
              ExecutorRequest, KubernetesResourceList<ExecutorRequest>, Resource<ExecutorRequest>>
          requests,
      String namespace) {
    try {
      return list(requests);
    } catch (KubernetesClientException e) {
      if (!ApiRefusal.isForbidden(e)) {
        throw e;
      }
      LOG.warn("Namespace {}: {}", namespace, ApiRefusal.sentence(e));
      return List.of();
    }
  }

  private static List<ExecutorRequest> list(
      FilterWatchListDeletable<
              ExecutorRequest, KubernetesResourceList<ExecutorRequest>, Resource<ExecutorRequest>>
          requests) {
    return requests.withLabelSelector(Names.OURS).list().getItems();
  }

  /** One that can not be read, for whatever reason, must not keep all others from being served. */
  private Optional<ApplicationDemand> demand(
      SparkApp app,
      ApplicationCaches caches,
      Instant now,
      Map<ApplicationId, ExecutorRequest> requests) {
    try {
      return demand(caches.observe(app, now), requests);
    } catch (RuntimeException e) {
      LOG.error("{}: what it holds could not be read", SparkAppNews.id(app), e);
      return Optional.empty();
    }
  }

  private Optional<ApplicationDemand> demand(
      Observed cached, Map<ApplicationId, ExecutorRequest> requests) {
    ApplicationId name =
        new ApplicationId(cached.names().namespace(), cached.names().applicationId());
    Optional<ExecutorRequest> latest =
        Optional.ofNullable(requests.get(name))
            .filter(request -> Ownership.ownedBy(request, cached.app()));
    return applicationMaster.reported(
        cached.withRequest(latest),
        cluster.priorities().valueOf(cached.app().getSpec().priorityClassName()));
  }
}
