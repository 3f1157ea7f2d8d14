package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
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
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.operator.applicationmaster.ApplicationMaster;
import io.sparkapp.operator.applicationmaster.Names;
import io.sparkapp.operator.applicationmaster.Observed;
import io.sparkapp.operator.applicationmaster.Plan;
import io.sparkapp.operator.applicationmaster.UnservedNamespace;
import io.sparkapp.operator.resourcemanager.ResourceManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles one SparkApp at a time: observes it, lets the ApplicationMaster decide, carries the
 * plan out and writes the status when it differs. It keeps nothing between two calls.
 */
public final class SparkAppReconciler implements Reconciler<SparkApp> {

  private static final Logger LOG = LoggerFactory.getLogger(SparkAppReconciler.class);

  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(2);

  private final ApplicationMaster applicationMaster;
  private final ResourceManager resourceManager;
  private final UnservedNamespace unserved;
  private final Set<String> jobNamespaces;
  private final ApplicationObserver observer = new ApplicationObserver();
  private final ActionRunner runner;
  private final Clock clock;

  /**
   * @param jobNamespaces where applications are run; empty for everywhere
   */
  public SparkAppReconciler(
      ApplicationMaster applicationMaster,
      ResourceManager resourceManager,
      Set<String> jobNamespaces,
      ActionRunner runner,
      Clock clock) {
    this.applicationMaster = applicationMaster;
    this.resourceManager = resourceManager;
    this.jobNamespaces = Set.copyOf(jobNamespaces);
    this.unserved = new UnservedNamespace(jobNamespaces);
    this.runner = runner;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, SparkApp>> prepareEventSources(EventSourceContext<SparkApp> context) {
    InformerEventSource<Pod, SparkApp> pods =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Pod.class, SparkApp.class)
                .withName("pods")
                .withNamespaces(watched())
                .withLabelSelector(Names.OURS)
                .withSecondaryToPrimaryMapper(SparkAppReconciler::application)
                .build(),
            context);
    InformerEventSource<ExecutorRequest, SparkApp> requests =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(ExecutorRequest.class, SparkApp.class)
                .withName("requests")
                .withNamespaces(watched())
                .withLabelSelector(Names.OURS)
                .withSecondaryToPrimaryMapper(SparkAppReconciler::application)
                .build(),
            context);
    InformerEventSource<Lease, SparkApp> leases =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Lease.class, SparkApp.class)
                .withName("leases")
                .withNamespaces(watched())
                .withLabelSelector(Names.OURS)
                .withSecondaryToPrimaryMapper(SparkAppReconciler::application)
                // That a driver is alive is no news; that it is not, a timer finds out.
                .withOnUpdateFilter((now, before) -> false)
                .build(),
            context);
    runner.remember(pods, requests);
    return List.of(pods, requests, leases);
  }

  @Override
  public UpdateControl<SparkApp> reconcile(SparkApp app, Context<SparkApp> context) {
    Observed observed = observer.observe(app, context, clock.instant());
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
    write(app, observed.status(), plan.status(), context);
    UpdateControl<SparkApp> control = UpdateControl.noUpdate();
    plan.lookAgain().ifPresent(control::rescheduleAfter);
    if (!runAfter(app, plan)) {
      control.rescheduleAfter(AFTER_A_FAILURE);
    }
    return control;
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
    StatusWriter.write(app, held, context);
    return ErrorStatusUpdateControl.noStatusUpdate();
  }

  private Plan decide(Observed observed) {
    return unserved.serves(observed.names().namespace())
        ? applicationMaster.decide(
            observed, resourceManager.allocate(applicationMaster.demand(observed)))
        : unserved.plan(observed);
  }

  private Set<String> watched() {
    return jobNamespaces.isEmpty() ? Constants.WATCH_ALL_NAMESPACE_SET : jobNamespaces;
  }

  private static void write(
      SparkApp app, SparkAppStatus before, SparkAppStatus after, Context<SparkApp> context) {
    if (before.equals(after)) {
      return;
    }
    if (before.phase() != after.phase()) {
      LOG.info("{}: {}: {}", ResourceID.fromResource(app), after.phase(), after.message());
    }
    StatusWriter.write(app, after, context);
  }

  private static Set<ResourceID> application(HasMetadata object) {
    String app = object.getMetadata().getLabels().get(Names.APP);
    return app == null
        ? Set.of()
        : Set.of(new ResourceID(app, object.getMetadata().getNamespace()));
  }
}
