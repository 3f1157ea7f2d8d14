package io.sparkapp.operator.kubernetes;

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
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.ScheduledSparkAppStatus;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.schedule.ObservedSchedule;
import io.sparkapp.operator.schedule.RunFactory;
import io.sparkapp.operator.schedule.SchedulePlan;
import io.sparkapp.operator.schedule.Scheduling;
import io.sparkapp.operator.schedule.UnservedSchedule;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles one ScheduledSparkApp at a time: observes it and its runs, has it decided, carries the
 * plan out and writes the status when it differs. It keeps nothing between two calls.
 */
public final class ScheduledSparkAppReconciler implements Reconciler<ScheduledSparkApp> {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduledSparkAppReconciler.class);

  private final Scheduling scheduling = new Scheduling();
  private final UnservedSchedule unserved;
  private final Set<String> jobNamespaces;
  private final ScheduleActionRunner runner;
  private final Clock clock;

  /**
   * @param jobNamespaces where applications are run; empty for everywhere
   */
  public ScheduledSparkAppReconciler(
      Set<String> jobNamespaces, ScheduleActionRunner runner, Clock clock) {
    this.jobNamespaces = Set.copyOf(jobNamespaces);
    this.unserved = new UnservedSchedule(jobNamespaces);
    this.runner = runner;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ScheduledSparkApp>> prepareEventSources(
      EventSourceContext<ScheduledSparkApp> context) {
    InformerEventSource<SparkApp, ScheduledSparkApp> runs =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(SparkApp.class, ScheduledSparkApp.class)
                .withName("runs")
                .withNamespaces(
                    jobNamespaces.isEmpty() ? Constants.WATCH_ALL_NAMESPACE_SET : jobNamespaces)
                .withInformerListLimit(CacheStores.PAGE)
                .withLabelSelector(RunFactory.SCHEDULE)
                .withSecondaryToPrimaryMapper(ScheduledSparkAppReconciler::schedule)
                .withOnUpdateFilter(ScheduledSparkAppReconciler::matters)
                .build(),
            context);
    runner.remember(runs);
    return List.of(runs);
  }

  @Override
  public UpdateControl<ScheduledSparkApp> reconcile(
      ScheduledSparkApp schedule, Context<ScheduledSparkApp> context) {
    ObservedSchedule observed =
        new ObservedSchedule(
            schedule,
            context.getSecondaryResourcesAsStream(SparkApp.class).toList(),
            clock.instant());
    SchedulePlan plan =
        unserved.serves(schedule.getMetadata().getNamespace())
            ? scheduling.decide(observed)
            : unserved.plan(observed);
    try {
      runner.run(schedule, plan.before());
    } catch (RefusedByApiServerException e) {
      plan = scheduling.refused(observed, e.getMessage());
      runner.run(schedule, plan.before());
    }
    write(schedule, observed.status(), plan.status(), context);
    runner.run(schedule, plan.after());
    UpdateControl<ScheduledSparkApp> control = UpdateControl.noUpdate();
    plan.lookAgain().ifPresent(control::rescheduleAfter);
    return control;
  }

  /** The API server is away, or forbids what we need: it is tried again, and the status says so. */
  @Override
  public ErrorStatusUpdateControl<ScheduledSparkApp> updateErrorStatus(
      ScheduledSparkApp schedule, Context<ScheduledSparkApp> context, Exception e) {
    Optional<KubernetesClientException> refusal = ApiRefusal.in(e);
    if (refusal.isEmpty()) {
      LOG.error("{}: the decision could not be carried out", ResourceID.fromResource(schedule), e);
      return ErrorStatusUpdateControl.defaultErrorProcessing();
    }
    LOG.warn(
        "{}: tried again later: {}", ResourceID.fromResource(schedule), refusal.get().getMessage());
    ScheduledSparkAppStatus before =
        schedule.getStatus() == null ? ScheduledSparkAppStatus.NONE : schedule.getStatus();
    ScheduledSparkAppStatus held = scheduling.held(before, ApiRefusal.sentence(refusal.get()));
    if (ApiRefusal.isForbidden(refusal.get()) && !held.equals(before)) {
      StatusWriter.write(schedule, held, context);
    }
    return ErrorStatusUpdateControl.noStatusUpdate();
  }

  private static void write(
      ScheduledSparkApp schedule,
      ScheduledSparkAppStatus before,
      ScheduledSparkAppStatus after,
      Context<ScheduledSparkApp> context) {
    if (before.equals(after)) {
      return;
    }
    if (!Objects.equals(before.message(), after.message())) {
      LOG.info("{}: {}", ResourceID.fromResource(schedule), after.message());
    }
    StatusWriter.write(schedule, after, context);
  }

  private static Set<ResourceID> schedule(SparkApp app) {
    return Set.of(
        new ResourceID(
            app.getMetadata().getLabels().get(RunFactory.SCHEDULE),
            app.getMetadata().getNamespace()));
  }

  /** Not the progress of a run: how it stands, and whether it is being deleted. */
  private static boolean matters(SparkApp after, SparkApp before) {
    return phase(after) != phase(before)
        || !Objects.equals(
            after.getMetadata().getDeletionTimestamp(),
            before.getMetadata().getDeletionTimestamp());
  }

  private static Phase phase(SparkApp app) {
    return app.getStatus() == null ? null : app.getStatus().phase();
  }
}
