package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.operator.resourcemanager.Ceiling;
import io.sparkapp.operator.resourcemanager.QueuedResourceManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the ResourceManager has to know of the cluster besides applications: queues, nodes,
 * namespaces and PriorityClasses. Only the first of these are needed; what may not be read is done
 * without.
 */
public final class ClusterView implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterView.class);

  private final QueuedResourceManager resourceManager;
  private final QueueNews news;
  private final Queues queues;
  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
  private volatile PriorityClasses priorities = PriorityClasses.NONE;
  private volatile Ceiling capacity = Ceiling.NONE;
  private volatile Map<String, Map<String, String>> labels = Map.of();
  private volatile List<SparkQueue> sparkQueues = List.of();
  private final List<Consumer<List<SparkQueue>>> queueWatchers = new CopyOnWriteArrayList<>();

  private ClusterView(QueuedResourceManager resourceManager, QueueNews news) {
    this.resourceManager = resourceManager;
    this.news = news;
    this.queues = new Queues(resourceManager);
  }

  /**
   * Reads all of it and keeps watching.
   *
   * @param readNodes whether the capacity of the cluster is that of its nodes, where the queue root
   *     does not declare it
   */
  public static ClusterView start(
      KubernetesClient client,
      boolean readNodes,
      QueuedResourceManager resourceManager,
      QueueNews news) {
    ClusterView view = new ClusterView(resourceManager, news);
    try {
      view.watch(client, readNodes);
      return view;
    } catch (RuntimeException e) {
      view.close();
      throw e;
    }
  }

  private void watch(KubernetesClient client, boolean readNodes) {
    if (readNodes) {
      this.<Node>follow(client.nodes(), ClusterView::bare, this::nodesAre)
          .ifPresent(reason -> LOG.warn("Nodes have no limit for queues: {}", reason));
    }
    this.<Namespace>follow(client.namespaces(), ClusterView::bare, this::namespacesAre)
        .ifPresent(reason -> LOG.warn("Queues know no labels of namespaces: {}", reason));
    this.<PriorityClass>follow(
            client.scheduling().v1().priorityClasses(), ClusterView::bare, this::classesAre)
        .ifPresent(reason -> LOG.warn("All applications have priority 0: {}", reason));
    this.<SparkQueue>follow(client.resources(SparkQueue.class), queue -> queue, this::queuesAre)
        .ifPresent(
            reason -> {
              throw new IllegalStateException("SparkQueues can not be read: " + reason);
            });
  }

  /**
   * @return why it may not be read
   */
  private <T extends HasMetadata> Optional<String> follow(
      Informable<T> what, UnaryOperator<T> stripped, Consumer<List<T>> change) {
    SharedIndexInformer<T> informer =
        what.withLimit(CacheStores.PAGE)
            .runnableInformer(0)
            .itemStore(new TransformingItemStore<>(stripped));
    Changes<T> changes = new Changes<>(informer, change);
    informer.addEventHandler(changes);
    // Once it has begun it is tried again for ever.
    informer.exceptionHandler((begun, thrown) -> begun);
    try {
      informer.start().toCompletableFuture().join();
    } catch (CompletionException e) {
      informer.stop();
      return Optional.of(
          ApiRefusal.in(e).map(ApiRefusal::sentence).orElseGet(() -> e.getCause().getMessage()));
    }
    informers.add(informer);
    changes.begin();
    return Optional.empty();
  }

  /** Looks at all of a kind whenever one of them changes, but not for each of the first. */
  private static final class Changes<T extends HasMetadata> implements ResourceEventHandler<T> {

    private final SharedIndexInformer<T> informer;
    private final Consumer<List<T>> change;
    private boolean begun;

    Changes(SharedIndexInformer<T> informer, Consumer<List<T>> change) {
      this.informer = informer;
      this.change = change;
    }

    /** What is wrong with one of the first must not keep the operator from starting. */
    synchronized void begin() {
      begun = true;
      try {
        look();
      } catch (RuntimeException e) {
        LOG.error("Looked at again with the next change", e);
      }
    }

    private synchronized void look() {
      if (begun) {
        change.accept(informer.getStore().list());
      }
    }

    @Override
    public void onAdd(T object) {
      look();
    }

    @Override
    public void onUpdate(T before, T after) {
      look();
    }

    @Override
    public void onDelete(T object, boolean stateUnknown) {
      look();
    }
  }

  private void nodesAre(List<Node> nodes) {
    Ceiling now = NodeCapacity.of(nodes, capacity);
    if (!now.equals(capacity)) {
      capacity = now;
      resourceManager.nodesHave(now);
    }
  }

  private void namespacesAre(List<Namespace> namespaces) {
    Map<String, Map<String, String>> now =
        namespaces.stream()
            .collect(
                Collectors.toMap(
                    each -> each.getMetadata().getName(),
                    each -> Optional.ofNullable(each.getMetadata().getLabels()).orElse(Map.of())));
    if (!now.equals(labels)) {
      labels = now;
      resourceManager.namespacesAre(now);
    }
  }

  private void classesAre(List<PriorityClass> classes) {
    PriorityClasses now = PriorityClasses.of(classes);
    if (!now.equals(priorities)) {
      priorities = now;
      news.of(resourceManager.applications());
    }
  }

  private void queuesAre(List<SparkQueue> all) {
    sparkQueues = List.copyOf(all);
    queueWatchers.forEach(watcher -> watcher.accept(sparkQueues));
    if (queues.are(all)) {
      news.ofQueues();
    }
  }

  /** All SparkQueues as they were last seen. */
  List<SparkQueue> sparkQueues() {
    return sparkQueues;
  }

  /** Is told of all SparkQueues whenever one of them changes, and now. */
  public void onQueues(Consumer<List<SparkQueue>> watcher) {
    queueWatchers.add(watcher);
    watcher.accept(sparkQueues);
  }

  PriorityClasses priorities() {
    return priorities;
  }

  Queues queues() {
    return queues;
  }

  private static <T extends HasMetadata> T bare(T object) {
    object.getMetadata().setManagedFields(null);
    object.getMetadata().setAnnotations(null);
    if (object instanceof Node node && node.getStatus() != null) {
      node.getStatus().setImages(null);
    }
    if (object instanceof Namespace namespace) {
      namespace.setSpec(null);
      namespace.setStatus(null);
    }
    return object;
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
  }
}
