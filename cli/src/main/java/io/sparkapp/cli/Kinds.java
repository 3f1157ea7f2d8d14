package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.SparkApp;

/** Our kinds, for reading objects with all fields that they have, known to this command or not. */
final class Kinds {

  static final ResourceDefinitionContext SPARK_APP = context(SparkApp.class);
  static final ResourceDefinitionContext SCHEDULED_SPARK_APP = context(ScheduledSparkApp.class);

  private Kinds() {}

  private static ResourceDefinitionContext context(Class<? extends HasMetadata> type) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(SparkApp.GROUP)
        .withVersion(SparkApp.VERSION)
        .withKind(HasMetadata.getKind(type))
        .withPlural(HasMetadata.getPlural(type))
        .withNamespaced(true)
        .build();
  }
}
