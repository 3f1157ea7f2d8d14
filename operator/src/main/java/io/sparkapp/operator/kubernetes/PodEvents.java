package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.web.ExecutorJournal;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The pods of all applications; what is gone of executors is written down. */
final class PodEvents extends NewsOnceBegun<Pod> {

  private final ExecutorJournal journal;
  private final PodIndex index;

  /**
   * @param begun whether all applications were told of
   * @param index is the configuration's too, as the mapper from applications to pods
   */
  PodEvents(
      InformerEventSourceConfiguration<Pod> configuration,
      EventSourceContext<SparkApp> context,
      BooleanSupplier begun,
      ExecutorJournal journal,
      PodIndex index) {
    super(configuration, context, begun);
    this.journal = journal;
    this.index = index;
  }

  /**
   * The pods of an application. Not as the set that {@link #getSecondaryResources} makes, which
   * would compute a hash over all that is known of each.
   */
  List<Pod> of(SparkApp app) {
    return index.of(ResourceID.fromResource(app)).stream()
        .map(this::get)
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public synchronized void start() {
    super.start();
    // The first of all came before anybody was told of them.
    list(pod -> true).forEach(index::add);
  }

  @Override
  public void onAdd(Pod pod) {
    index.add(pod);
    super.onAdd(pod);
  }

  @Override
  public synchronized void handleRecentResourceCreate(ResourceID id, Pod pod) {
    index.add(pod);
    super.handleRecentResourceCreate(id, pod);
  }

  @Override
  public void onDelete(Pod pod, boolean stateUnknown) {
    index.remove(pod);
    super.onDelete(pod, stateUnknown);
    journal.gone(pod);
  }
}
