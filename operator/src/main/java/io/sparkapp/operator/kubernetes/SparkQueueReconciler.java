package io.sparkapp.operator.kubernetes;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueStatus;
import io.sparkapp.operator.applicationmaster.Action;
import io.sparkapp.operator.applicationmaster.EventReason;
import io.sparkapp.operator.resourcemanager.QueueReport;
import io.sparkapp.operator.resourcemanager.QueuedResourceManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Says of each SparkQueue whether it is in force, and what it holds; and keeps one that is deleted
 * until nothing is charged to it any more.
 */
public final class SparkQueueReconciler implements Reconciler<SparkQueue>, Cleaner<SparkQueue> {

  /** Keeps a queue as long as applications are charged to it. */
  public static final String FINALIZER = "sparkapp.io/applications";

  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration LATER = Duration.ofSeconds(5);

  private final QueuedResourceManager resourceManager;
  private final Queues queues;
  private final BooleanSupplier begun;
  private final Announcer announcer;
  private final Clock clock;
  private final SimpleInboundEventSource<SparkQueue> news =
      new SimpleInboundEventSource<>("queue-news");
  private final Map<String, SparkQueueStatus> written = new ConcurrentHashMap<>();

  /**
   * @param begun has the ResourceManager told of all applications, if that can be, and tells
   *     whether it was
   */
  public SparkQueueReconciler(
      QueuedResourceManager resourceManager,
      QueueNews news,
      ClusterView cluster,
      BooleanSupplier begun,
      Announcer announcer,
      Clock clock) {
    this.resourceManager = resourceManager;
    this.queues = cluster.queues();
    this.begun = begun;
    this.announcer = announcer;
    this.clock = clock;
    news.onQueues(
        () -> queues.names().forEach(name -> this.news.propagateEvent(new ResourceID(name))));
  }

  @Override
  public List<EventSource<?, SparkQueue>> prepareEventSources(
      EventSourceContext<SparkQueue> context) {
    return List.of(news);
  }

  @Override
  public UpdateControl<SparkQueue> reconcile(SparkQueue queue, Context<SparkQueue> context) {
    UpdateControl<SparkQueue> control = UpdateControl.noUpdate();
    return report(queue, context) ? control : control.rescheduleAfter(SOON);
  }

  @Override
  public DeleteControl cleanup(SparkQueue queue, Context<SparkQueue> context) {
    String name = queue.getMetadata().getName();
    boolean told = report(queue, context);
    if (told && resourceManager.runningIn(name) == 0 && !queues.isParent(name)) {
      written.remove(name);
      return DeleteControl.defaultDelete();
    }
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(told ? LATER : SOON);
  }

  /** Tells whether there was something to say. */
  private boolean report(SparkQueue queue, Context<SparkQueue> context) {
    Optional<Queues.Verdict> verdict = queues.verdict(queue);
    if (verdict.isEmpty() || !begun.getAsBoolean()) {
      return false;
    }
    String name = queue.getMetadata().getName();
    Optional<QueueReport> numbers = Optional.ofNullable(resourceManager.queues().get(name));
    SparkQueueStatus before = queue.getStatus() == null ? SparkQueueStatus.NONE : queue.getStatus();
    SparkQueueStatus after =
        new QueueStatusReport(queue, queues.isParent(name), clock.instant())
            .status(verdict.get(), numbers);
    // Not what is observed: an operator of another installation may see other applications.
    if (!after.equals(before) && !after.equals(written.get(name))) {
      verdict.get().fault().ifPresent(fault -> announce(queue, fault));
      StatusWriter.write(queue, after, context);
    }
    written.put(name, after);
    return true;
  }

  private void announce(SparkQueue queue, String fault) {
    announcer.announce(queue, new Action.Announce(EventReason.Invalid, fault));
  }
}
