package io.sparkapp.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.operator.kubernetes.Announcer;
import io.sparkapp.operator.kubernetes.ClusterView;
import io.sparkapp.operator.kubernetes.QueueNews;
import io.sparkapp.operator.kubernetes.SparkQueueReconciler;
import io.sparkapp.operator.resourcemanager.QueuedResourceManager;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ResourceManager of a running operator, and what it knows of the cluster. */
record Queueing(
    QueuedResourceManager resourceManager,
    QueueNews news,
    ClusterView cluster,
    ScheduledExecutorService timer,
    Clock clock)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Queueing.class);

  /** Reads queues, nodes, namespaces and PriorityClasses, and watches them. */
  static Queueing start(OperatorConfig config, KubernetesClient client, Clock clock) {
    ScheduledThreadPoolExecutor timer = new Timer();
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    QueueNews news = new QueueNews();
    QueuedResourceManager resourceManager = new QueuedResourceManager(clock, timer, news);
    try {
      return new Queueing(
          resourceManager,
          news,
          ClusterView.start(client, config.readNodes(), resourceManager, news),
          timer,
          clock);
    } catch (RuntimeException e) {
      timer.shutdownNow();
      throw e;
    }
  }

  /** One thread; what fails there would otherwise be heard of by nobody. */
  private static final class Timer extends ScheduledThreadPoolExecutor {

    Timer() {
      super(
          1,
          task -> {
            Thread thread = new Thread(task, "queues");
            thread.setDaemon(true);
            return thread;
          });
    }

    @Override
    protected void afterExecute(Runnable task, Throwable thrown) {
      super.afterExecute(task, thrown);
      if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
        try {
          future.get();
        } catch (ExecutionException e) {
          LOG.error("Queues were not looked at again.", e.getCause());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /**
   * Reconciles SparkQueues.
   *
   * @param begun has the ResourceManager told of all applications, if that can be, and tells
   *     whether it was
   */
  SparkQueueReconciler reconciler(BooleanSupplier begun, Announcer announcer) {
    return new SparkQueueReconciler(resourceManager, news, cluster, begun, announcer, clock);
  }

  @Override
  public void close() {
    cluster.close();
    resourceManager.close();
    timer.shutdownNow();
  }
}
