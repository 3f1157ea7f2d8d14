package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.Action;
import io.sparkapp.operator.schedule.ScheduleAction;
import java.util.List;

/** Carries out what was decided about a schedule, in order. Every action may be repeated. */
public final class ScheduleActionRunner {

  private final KubernetesClient client;
  private final Announcer announcer;
  private volatile InformerEventSource<SparkApp, ScheduledSparkApp> cache;

  public ScheduleActionRunner(KubernetesClient client, Announcer announcer) {
    this.client = client;
    this.announcer = announcer;
  }

  /** What was just created is put into this cache, so that the next decision already knows it. */
  void remember(InformerEventSource<SparkApp, ScheduledSparkApp> runCache) {
    cache = runCache;
  }

  /**
   * Carries the actions out.
   *
   * @throws RefusedByApiServerException when a SparkApp will never be taken
   * @throws KubernetesClientException when it may be taken later
   */
  void run(ScheduledSparkApp schedule, List<ScheduleAction> actions) {
    for (ScheduleAction action : actions) {
      if (action instanceof ScheduleAction.Start start) {
        start(schedule, start.app());
      } else if (action instanceof ScheduleAction.End end) {
        // It stays until its pods are gone, the driver's above all.
        end.apps().forEach(app -> delete(schedule, app, DeletionPropagation.FOREGROUND));
      } else if (action instanceof ScheduleAction.Forget forget) {
        forget.apps().forEach(app -> delete(schedule, app, DeletionPropagation.BACKGROUND));
      } else if (action instanceof ScheduleAction.Announce announce) {
        announcer.announce(schedule, new Action.Announce(announce.reason(), announce.message()));
      }
    }
  }

  private void start(ScheduledSparkApp schedule, SparkApp wanted) {
    try {
      SparkApp app = client.resource(wanted).create();
      cache.handleRecentResourceCreate(ResourceID.fromResource(app), app);
    } catch (KubernetesClientException e) {
      if (ApiRefusal.isLasting(e)) {
        throw new RefusedByApiServerException(ApiRefusal.sentence(e), e);
      }
      if (!ApiRefusal.isAlreadyThere(e)) {
        throw e;
      }
      SparkApp there = client.resource(wanted).get();
      if (there != null && !Ownership.ownedBy(there, schedule.getMetadata().getUid())) {
        throw new RefusedByApiServerException(
            "There is a SparkApp "
                + wanted.getMetadata().getName()
                + " already that does not belong to this schedule: delete it, or give the schedule"
                + " another name.",
            e);
      }
    }
  }

  private void delete(ScheduledSparkApp schedule, String app, DeletionPropagation propagation) {
    client
        .resources(SparkApp.class)
        .inNamespace(schedule.getMetadata().getNamespace())
        .withName(app)
        .withPropagationPolicy(propagation)
        .delete();
  }
}
