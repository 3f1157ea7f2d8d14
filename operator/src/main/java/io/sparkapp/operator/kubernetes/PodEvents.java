package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.health.Status;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.web.ExecutorJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The pods of all applications; what is gone of executors is written down. Tens of thousands take
 * seconds to read, and who starts an application that never had any needs none of them: so an
 * operator begins first and reads them then.
 */
final class PodEvents extends NewsOnceBegun<Pod> {

  /** Their pods are read in a moment. */
  private static final int FEW = 200;

  /** An operator that stands by does not begin, and is to know all pods when it has to. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ExecutorJournal journal;
  private final PodIndex index;
  private final KubernetesClient client;
  private final IndexerResourceCache<SparkApp> applications;
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CompletableFuture<Void> read = new CompletableFuture<>();

  /** Pods that were made while others were read. */
  private final List<Pod> made = new ArrayList<>();

  private volatile boolean listed;
  private volatile boolean stopped;

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
    this.client = context.getClient();
    this.applications = context.getPrimaryCache();
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

  /** Whether all pods are known that there are. */
  boolean areRead() {
    return read.isDone() && !read.isCompletedExceptionally();
  }

  /** Runs when all pods are known, and not if they can not be read. */
  void whenRead(Runnable next) {
    read.thenRun(next);
  }

  /**
   * Returns when all pods are known.
   *
   * @throws OperatorException when they can not be read
   */
  void awaitRead() {
    try {
      read.join();
    } catch (CompletionException e) {
      throw new OperatorException("Pods can not be read", e.getCause());
    }
  }

  /** Where there are few applications all pods are known when it returns. */
  @Override
  public void start() {
    if (applications.keys().limit(FEW + 1).count() <= FEW) {
      readAll();
      awaitRead();
      return;
    }
    // Both would be in each other's way, at the API server and here.
    asked
        .completeOnTimeout(null, PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .thenRunAsync(this::readAll, reading -> new Thread(reading, "pods").start());
  }

  /** What goes before it is done. */
  void readNow() {
    asked.complete(null);
  }

  private void readAll() {
    try {
      begin();
      list(pod -> true).forEach(index::add);
      listed = true;
      rememberMade();
    } catch (RuntimeException e) {
      // Who waits for them is told.
      read.completeExceptionally(e);
    }
  }

  private synchronized void begin() {
    if (stopped) {
      throw new OperatorException("The operator stops");
    }
    super.start();
  }

  private void rememberMade() {
    while (!areRead()) {
      List<Pod> some;
      synchronized (made) {
        some = List.copyOf(made);
        made.clear();
        if (some.isEmpty()) {
          read.complete(null);
        }
      }
      some.forEach(this::rememberMade);
    }
  }

  /** What watches have not told of yet may be gone already, and then nobody would tell of that. */
  private void rememberMade(Pod pod) {
    ResourceID id = ResourceID.fromResource(pod);
    if (get(id).isEmpty()) {
      Optional.ofNullable(client.resource(pod).get()).ifPresent(there -> remember(id, there));
    }
  }

  private void remember(ResourceID id, Pod pod) {
    index.add(pod);
    super.handleRecentResourceCreate(id, pod);
  }

  @Override
  public void stop() {
    stopped = true;
    super.stop();
  }

  /** Until all pods are known the operator is not ready. */
  @Override
  public Status getStatus() {
    return listed ? super.getStatus() : Status.UNHEALTHY;
  }

  @Override
  public Stream<ResourceID> keys() {
    return listed ? super.keys() : Stream.empty();
  }

  @Override
  public void onAdd(Pod pod) {
    index.add(pod);
    if (listed) {
      super.onAdd(pod);
    }
  }

  @Override
  public void onUpdate(Pod before, Pod now) {
    if (listed) {
      super.onUpdate(before, now);
    }
  }

  @Override
  public void handleRecentResourceCreate(ResourceID id, Pod pod) {
    if (!isForLater(pod)) {
      remember(id, pod);
    }
  }

  private boolean isForLater(Pod pod) {
    synchronized (made) {
      return !areRead() && made.add(pod);
    }
  }

  @Override
  public void onDelete(Pod pod, boolean stateUnknown) {
    index.remove(pod);
    super.onDelete(pod, stateUnknown);
    journal.gone(pod);
  }
}
