package io.sparkapp.driver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.ExecutorAllocationManager;
import org.apache.spark.SparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.scheduler.ExecutorDecommissionInfo;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/** The executors as Spark itself counts them: who is there, and how more and fewer come about. */
final class ExecutorPool implements Resizing.Pool {

  private static final Logger LOG = LoggerFactory.getLogger(ExecutorPool.class);

  private final SparkAppSchedulerBackend backend;
  private final TaskSchedulerImpl scheduler;
  private final SparkContext context;
  private final Blocks blocks;

  ExecutorPool(
      SparkAppSchedulerBackend backend, TaskSchedulerImpl scheduler, SparkContext context) {
    this.backend = backend;
    this.scheduler = scheduler;
    this.context = context;
    this.blocks = new Blocks(context);
  }

  /** Through the front door, so that Spark knows what a later requestExecutors(1) adds to. */
  void ask(int total) {
    backend.requestTotalExecutors(
        ofDefaultProfile(total), Map$.MODULE$.empty(), Map$.MODULE$.empty());
  }

  // Scala's Map.updated loses its type arguments on the way to Java.
  @SuppressWarnings("unchecked")
  private static scala.collection.immutable.Map<Object, Object> ofDefaultProfile(int total) {
    Object profile = ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID();
    return Map$.MODULE$.<Object, Object>empty().updated(profile, total);
  }

  @Override
  public void askWithin(ExecutorBounds bounds) {
    if (!bounds.dynamic()) {
      ask(bounds.max());
      return;
    }
    Option<ExecutorAllocationManager> manager = context.executorAllocationManager();
    // SparkContext makes it after us.
    if (manager != null && manager.isDefined()) {
      AllocationManagerBounds.set(manager.get(), bounds.min(), bounds.max());
    }
    backend.askForWanted();
  }

  @Override
  public Map<Integer, Integer> numbers() {
    return active().stream()
        .collect(Collectors.toMap(backend::getExecutorResourceProfileId, id -> 1, Integer::sum));
  }

  @Override
  public Collection<LiveExecutor> live() {
    List<String> active = active();
    Set<String> busy = busy();
    Set<String> bare = blocks.bareAmong(active);
    return active.stream()
        .map(
            id ->
                new LiveExecutor(
                    id,
                    backend.getExecutorResourceProfileId(id),
                    busy.contains(id),
                    bare.contains(id)))
        .toList();
  }

  /** Those that could go at once, without one that is on its way out already. */
  Progress.Executors counted() {
    List<String> idle = new ArrayList<>(active());
    idle.removeAll(busy());
    return new Progress.Executors(registered(), idle.size(), blocks.bareAmong(idle).size());
  }

  int registered() {
    return backend.totalRegisteredExecutors().get();
  }

  /** Spark has them, and neither decommissions them nor has lost them. */
  private List<String> active() {
    return CollectionConverters.asJava(backend.getExecutorIds()).stream()
        .filter(backend::isExecutorActive)
        .toList();
  }

  private Set<String> busy() {
    return CollectionConverters.asJava(scheduler.runningTasksByExecutors()).entrySet().stream()
        .filter(tasks -> ((Number) tasks.getValue()).intValue() > 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Spark moves their blocks away first where it may. */
  @Override
  public void giveBack(List<String> executors, String why) {
    LOG.info("Gives executors {} back: {}.", executors, why);
    if (!context.conf().getBoolean("spark.decommission.enabled", false)) {
      backend.killExecutors(CollectionConverters.asScala(executors).toSeq(), false, false, true);
      return;
    }
    @SuppressWarnings({"unchecked", "rawtypes"})
    Tuple2<String, ExecutorDecommissionInfo>[] infos =
        executors.stream()
            .map(id -> new Tuple2<>(id, new ExecutorDecommissionInfo(why, Option.empty())))
            .toArray(Tuple2[]::new);
    backend.decommissionExecutors(infos, false, false);
  }
}
