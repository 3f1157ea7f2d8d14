package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSourceStartPriority;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.operator.applicationmaster.ApplicationMaster;
import io.sparkapp.operator.applicationmaster.CachedForm;
import io.sparkapp.operator.applicationmaster.Names;
import io.sparkapp.operator.applicationmaster.Observed;
import io.sparkapp.operator.applicationmaster.Plan;
import io.sparkapp.operator.applicationmaster.UnservedNamespace;
import io.sparkapp.operator.metrics.ApplicationMeters;
import io.sparkapp.operator.resourcemanager.ApplicationId;
import io.sparkapp.operator.resourcemanager.QueuedResourceManager;
import io.sparkapp.operator.web.Applications;
import io.sparkapp.operator.web.ExecutorJournal;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles one SparkApp at a time: observes it, lets the ApplicationMaster decide, carries the
 * plan out and writes the status when it differs. It keeps nothing between two calls; what the
 * ResourceManager keeps it can tell anew from what was written down.
 */
public final class SparkAppReconciler implements Reconciler<SparkApp> {

  private static final Logger LOG = LoggerFactory.getLogger(SparkAppReconciler.class);

  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(2);

  private final ApplicationMaster applicationMaster;
  private final QueuedResourceManager resourceManager;
  private final ClusterView cluster;
  private final SparkAppNews news;
  private final Beginning beginning;
  private final UnservedNamespace unserved;
  private final Seats seats;
  private final Set<String> jobNamespaces;
  private final ApplicationObserver observer = new ApplicationObserver();
  private final ActionRunner runner;
  private final ApplicationMeters meters;
  private final Clock clock;
  private final ExecutorJournal journal;
  private final CachedForm cachedForm;
  private final StatusPace pace = new StatusPace(System::nanoTime);
  private final FirstRound firstRound = new FirstRound(System::nanoTime);
  private volatile ApplicationCaches caches;
  private volatile HeldBack heldBack;

  /**
   * @param news of the same ResourceManager
   * @param jobNamespaces where applications are run; empty for everywhere
   * @param journal is told of executors that are gone
   * @param cachedForm the form in which pods and requests are kept; applications are too
   */
  public SparkAppReconciler(
      ApplicationMaster applicationMaster,
      QueuedResourceManager resourceManager,
      QueueNews news,
      ClusterView cluster,
      Set<String> jobNamespaces,
      ActionRunner runner,
      ApplicationMeters meters,
      ExecutorJournal journal,
      CachedForm cachedForm,
      Clock clock) {
    this.cachedForm = cachedForm;
    this.applicationMaster = applicationMaster;
    this.resourceManager = resourceManager;
    this.jobNamespaces = Set.copyOf(jobNamespaces);
    this.unserved = new UnservedNamespace(jobNamespaces);
    this.seats = new Seats(resourceManager::release, this::isGone);
    this.runner = runner;
    this.meters = meters;
    this.clock = clock;
    this.journal = journal;
    this.cluster = cluster;
    this.news = new SparkAppNews(resourceManager::release);
    this.beginning =
        new Beginning(
            applicationMaster, resourceManager, cluster, unserved, firstRound, cachedForm);
    news.onApplications(this.news::of);
  }

  @Override
  public List<EventSource<?, SparkApp>> prepareEventSources(EventSourceContext<SparkApp> context) {
    PodEvents pods = pods(context);
    InformerEventSource<ExecutorRequest, SparkApp> requests = requests(context);
    InformerEventSource<Lease, SparkApp> leases = leases(context);
    // Pods are many, and it begins without them.
    requests.setEventSourcePriority(EventSourceStartPriority.RESOURCE_STATE_LOADER);
    leases.setEventSourcePriority(EventSourceStartPriority.RESOURCE_STATE_LOADER);
    runner.remember(pods, requests, meters);
    caches = new ApplicationCaches(context.getPrimaryCache(), pods, requests, leases);
    heldBack = new HeldBack(pods::areRead, this::decideAbout);
    pods.whenRead(heldBack::letGo);
    return List.of(pods, requests, leases, news);
  }

  /** Objects of a kind that belong to applications, and say to which. */
  private <R extends HasMetadata> InformerEventSourceConfiguration.Builder<R> ours(
      Class<R> kind, String name) {
    return InformerEventSourceConfiguration.from(kind, SparkApp.class)
        .withName(name)
        .withNamespaces(watched())
        .withInformerListLimit(CacheStores.PAGE)
        .withLabelSelector(Names.OURS)
        .withSecondaryToPrimaryMapper(PodIndex::application);
  }

  private PodEvents pods(EventSourceContext<SparkApp> context) {
    PodIndex index = new PodIndex();
    return new PodEvents(
        ours(Pod.class, "pods")
            .withItemStore(CacheStores.storing(jobNamespaces, cachedForm::of))
            .withPrimaryToSecondaryMapper((SparkApp app) -> index.of(ResourceID.fromResource(app)))
            .build(),
        context,
        resourceManager::hasBegun,
        journal,
        index);
  }

  private InformerEventSource<ExecutorRequest, SparkApp> requests(
      EventSourceContext<SparkApp> context) {
    return new NewsOnceBegun<>(
        ours(ExecutorRequest.class, "requests")
            .withItemStore(CacheStores.storing(jobNamespaces, cachedForm::of))
            .withPrimaryToSecondaryMapper(ApplicationCaches::ofAttempt)
            .build(),
        context,
        resourceManager::hasBegun);
  }

  private InformerEventSource<Lease, SparkApp> leases(EventSourceContext<SparkApp> context) {
    return new NewsOnceBegun<>(
        ours(Lease.class, "leases")
            .withPrimaryToSecondaryMapper(ApplicationCaches::ofAttempt)
            // That a driver is alive is no news; that it is not, a timer finds out.
            .withOnUpdateFilter((now, before) -> false)
            .build(),
        context,
        resourceManager::hasBegun);
  }

  /** Those that waited until all pods were known. */
  private void decideAbout(Collection<ApplicationId> applications) {
    if (!applications.isEmpty()) {
      firstRound.begin(applications.size());
      news.of(applications);
    }
  }

  /** Returns when all pods are known. */
  public void awaitPods() {
    caches.pods().awaitRead();
  }

  /** What the caches know, once they are filled, for those who only look. */
  public Applications known() {
    return new KnownApplications(caches, cluster, journal, clock);
  }

  /** What is in the caches; empty until they were made. */
  public Optional<ApplicationCaches> caches() {
    return Optional.ofNullable(caches);
  }

  /** Tells the ResourceManager of all applications, once the caches are filled. */
  public void begin(KubernetesClient client) {
    meters.watching(clock.instant());
    beginning.ensure(caches, client, clock.instant());
  }

  @Override
  public UpdateControl<SparkApp> reconcile(SparkApp app, Context<SparkApp> context) {
    boolean waited = !resourceManager.hasBegun();
    begin(context.getClient());
    if (waited) {
      // It was read before the wait, and who decided until then may have written to it.
      return UpdateControl.<SparkApp>noUpdate().rescheduleAfter(Duration.ZERO);
    }
    if (mayHavePods(app) && heldBack.holds(app)) {
      return UpdateControl.noUpdate();
    }
    Optional<Duration> later = firstRound.later(app);
    if (later.isPresent()) {
      return UpdateControl.<SparkApp>noUpdate().rescheduleAfter(later.get());
    }
    Plan plan = seats.around(app, () -> decideAndRun(app, context));
    UpdateControl<SparkApp> control = UpdateControl.noUpdate();
    plan.lookAgain().ifPresent(control::rescheduleAfter);
    if (!runAfter(app, plan)) {
      control.rescheduleAfter(AFTER_A_FAILURE);
    }
    return control;
  }

  private boolean mayHavePods(SparkApp app) {
    return !caches.observe(app, List.of(), clock.instant()).untouched();
  }

  private Plan decideAndRun(SparkApp app, Context<SparkApp> context) {
    Observed observed = observer.observe(app, caches, context.getClient(), clock.instant());
    Plan plan = decide(observed);
    try {
      runner.run(app, plan.before());
    } catch (RefusedByApiServerException e) {
      plan = applicationMaster.refused(observed, e.getMessage());
      runner.run(app, plan.before());
    } catch (MissingReferencesException e) {
      plan = applicationMaster.waitsFor(observed, e.missing());
      runner.run(app, plan.before());
    }
    Optional<Duration> rest =
        pace.rest(app.getMetadata().getUid(), plan.urgency(observed.status()));
    if (rest.isPresent()) {
      return plan.lookAgainWithin(rest.get());
    }
    write(app, observed.status(), plan.status(), context);
    return plan;
  }

  /** It may have been deleted while it was decided about; its deletion was heard of before then. */
  private boolean isGone(SparkApp app) {
    return app.getMetadata().getDeletionTimestamp() != null || caches.isGone(app);
  }

  /** The status is written and right: what fails now is decided again, and no error of its. */
  private boolean runAfter(SparkApp app, Plan plan) {
    try {
      runner.run(app, plan.after());
      return true;
    } catch (KubernetesClientException e) {
      LOG.warn("{}: tried again later: {}", ResourceID.fromResource(app), e.getMessage());
      return false;
    }
  }

  /**
   * The API server is away, or forbids what we need: it is tried again, and what lasts until then
   * is a sentence in the status.
   */
  @Override
  public ErrorStatusUpdateControl<SparkApp> updateErrorStatus(
      SparkApp app, Context<SparkApp> context, Exception e) {
    Optional<KubernetesClientException> refusal = ApiRefusal.in(e);
    if (refusal.isEmpty()) {
      LOG.error("{}: the decision could not be carried out", ResourceID.fromResource(app), e);
      return ErrorStatusUpdateControl.defaultErrorProcessing();
    }
    LOG.warn("{}: tried again later: {}", ResourceID.fromResource(app), refusal.get().getMessage());
    SparkAppStatus before = app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
    SparkAppStatus held = applicationMaster.held(before, ApiRefusal.sentence(refusal.get()));
    if (!ApiRefusal.isForbidden(refusal.get()) || held.equals(before)) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    write(app, before, held, context);
    return ErrorStatusUpdateControl.noStatusUpdate();
  }

  private Plan decide(Observed observed) {
    return unserved.serves(observed.names().namespace())
        ? applicationMaster.decide(
            observed,
            cluster.priorities().valueOf(observed.app().getSpec().priorityClassName()),
            resourceManager,
            runner.missing())
        : unserved.plan(observed);
  }

  private Set<String> watched() {
    return jobNamespaces.isEmpty() ? Constants.WATCH_ALL_NAMESPACE_SET : jobNamespaces;
  }

  private void write(
      SparkApp app, SparkAppStatus before, SparkAppStatus after, Context<SparkApp> context) {
    if (before.equals(after)) {
      return;
    }
    if (before.phase() != after.phase()) {
      LOG.info("{}: {}: {}", ResourceID.fromResource(app), after.phase(), after.message());
    }
    StatusWriter.write(app, after, context);
    pace.written(app.getMetadata().getUid());
    meters.written(app, before, after);
  }
}
