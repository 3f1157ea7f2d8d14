package io.sparkapp.operator.schedule;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.Names;
import java.time.Instant;
import java.util.Map;

/** Builds the SparkApp of a run. */
public final class RunFactory {

  /** Label of a run's SparkApp: the name of its schedule. */
  public static final String SCHEDULE = SparkApp.GROUP + "/schedule";

  /** Annotation of a run's SparkApp, for its reader: the time it was scheduled for. */
  static final String SCHEDULED_TIME = SparkApp.GROUP + "/scheduled-time";

  private RunFactory() {}

  static SparkApp run(ScheduledSparkApp schedule, Instant time) {
    SparkApp app = new SparkApp();
    app.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(schedule.getMetadata().getNamespace())
            .withName(Run.name(schedule, time))
            .withLabels(
                Map.of(Names.MANAGED_BY, Names.MANAGER, SCHEDULE, schedule.getMetadata().getName()))
            .withAnnotations(Map.of(SCHEDULED_TIME, time.toString()))
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(schedule.getApiVersion())
                    .withKind(schedule.getKind())
                    .withName(schedule.getMetadata().getName())
                    .withUid(schedule.getMetadata().getUid())
                    .withController(true)
                    .withBlockOwnerDeletion(true)
                    .build())
            .build());
    app.setSpec(schedule.getSpec().template());
    return app;
  }
}
