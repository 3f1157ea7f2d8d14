package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.sparkapp.crds.SparkApp;
import java.util.function.BooleanSupplier;

/**
 * What belongs to applications, and that there is news of it; the latter only once the operator has
 * begun. Before then nobody was decided about, and then everybody is, by what caches hold, so of
 * the tens of thousands of objects that were there already none has to be told of by itself. What
 * changes while it begins is seen when the application has its turn, among ten thousand after some
 * seconds. That something is gone is always told on: of that others keep account.
 */
class NewsOnceBegun<R extends HasMetadata> extends InformerEventSource<R, SparkApp> {

  private final BooleanSupplier begun;

  /**
   * @param begun whether all applications were told of
   */
  NewsOnceBegun(
      InformerEventSourceConfiguration<R> configuration,
      EventSourceContext<SparkApp> context,
      BooleanSupplier begun) {
    super(configuration, context);
    this.begun = begun;
  }

  @Override
  public void onAdd(R object) {
    if (begun.getAsBoolean()) {
      super.onAdd(object);
    }
  }

  @Override
  public void onUpdate(R before, R now) {
    if (begun.getAsBoolean()) {
      super.onUpdate(before, now);
    }
  }
}
