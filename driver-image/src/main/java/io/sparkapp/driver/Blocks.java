package io.sparkapp.driver;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.ShuffleStatus;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.MapStatus;
import org.apache.spark.shuffle.api.ShuffleDriverComponents;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What executors hold that others may still want: shuffle files and cached blocks. All of it is
 * known in the driver; nobody is asked. Whoever was found to hold something is looked at no
 * further, so that it is cheapest while all are needed.
 */
final class Blocks {

  private final SparkContext context;

  Blocks(SparkContext context) {
    this.context = context;
  }

  /** Those of these executors that hold nothing. */
  Set<String> bareAmong(Collection<String> executors) {
    Set<String> bare = new HashSet<>(executors);
    if (!bare.isEmpty()) {
      removeThoseWithCachedBlocks(bare);
    }
    if (!bare.isEmpty() && !shufflesOutliveExecutors()) {
      removeThoseWithShuffleFiles(bare);
    }
    return bare;
  }

  private void removeThoseWithCachedBlocks(Set<String> executors) {
    for (ExecutorSummary executor :
        CollectionConverters.asJava(context.statusStore().executorList(true))) {
      if (executor.rddBlocks() > 0) {
        executors.remove(executor.id());
      }
    }
  }

  /** The shuffle manager keeps them elsewhere, as Celeborn does. */
  private boolean shufflesOutliveExecutors() {
    ShuffleDriverComponents components = context.shuffleDriverComponents();
    // SparkContext makes them after its scheduler.
    return components != null && components.supportsReliableStorage();
  }

  private void removeThoseWithShuffleFiles(Set<String> executors) {
    MapOutputTrackerMaster tracker = (MapOutputTrackerMaster) context.env().mapOutputTracker();
    for (ShuffleStatus shuffle : CollectionConverters.asJava(tracker.shuffleStatuses()).values()) {
      // Under a lock of Spark's own that other readers share; only memory is read meanwhile.
      shuffle.withMapStatuses(outputs -> removeHolders(outputs, executors));
    }
  }

  /** Whether any executor is left. */
  private static boolean removeHolders(MapStatus[] outputs, Set<String> executors) {
    for (int i = 0; i < outputs.length && !executors.isEmpty(); i++) {
      if (outputs[i] != null) {
        executors.remove(outputs[i].location().executorId());
      }
    }
    return !executors.isEmpty();
  }
}
