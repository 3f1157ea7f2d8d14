package io.sparkapp.driver;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.status.api.v1.ExecutorSummary;

/**
 * Measures what the executors of the default ResourceProfile use. How long they were there and what
 * their tasks took it hears in events of executors and stages; of the memory it asks Spark's status
 * store now and then, which keeps the most that each executor told in its heartbeats.
 */
final class UsageMeter extends SparkListener {

  /** Spark's exit code of an executor whose heap was full ({@code SparkExitCode.OOM}). */
  private static final int HEAP_FULL = 52;

  private static final String OOM_KILLED = "OOMKilled";

  private final Map<String, Present> present = new HashMap<>();
  private final BitSet told = new BitSet();
  private MemoryPeak peak = MemoryPeak.NONE;
  private long millis;
  private long slotMillis;
  private long taskMillis;
  private long cpuNanos;
  private long gcMillis;
  private int heapFull;
  private int oomKilled;

  private record Present(long since, int cores) {}

  @Override
  public synchronized void onExecutorAdded(SparkListenerExecutorAdded event) {
    if (event.executorInfo().resourceProfileId() == ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID()) {
      present.put(event.executorId(), new Present(event.time(), event.executorInfo().totalCores()));
    }
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    Present gone = present.remove(event.executorId());
    if (gone != null) {
      millis += event.time() - gone.since();
      slotMillis += (event.time() - gone.since()) * gone.cores();
    }
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
    TaskMetrics tasks = event.stageInfo().taskMetrics();
    if (tasks != null
        && event.stageInfo().resourceProfileId() == ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID()) {
      taskMillis += tasks.executorRunTime();
      cpuNanos += tasks.executorCpuTime();
      gcMillis += tasks.jvmGCTime();
    }
  }

  /** The operator has told why an executor ended. */
  synchronized void ended(String cause, int exitCode) {
    if (OOM_KILLED.equals(cause)) {
      oomKilled++;
    } else if (exitCode == HEAP_FULL) {
      heapFull++;
    }
  }

  /** Spark's status store has these, those of the last hundred among them that are gone. */
  synchronized void look(List<ExecutorSummary> executors) {
    for (ExecutorSummary executor : executors) {
      // The driver is among them.
      if (executor.resourceProfileId() == ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID()
          && executor.id().chars().allMatch(Character::isDigit)
          && executor.peakMemoryMetrics().isDefined()) {
        told.set(Integer.parseInt(executor.id()));
        peak = peak.and(peakOf(executor.peakMemoryMetrics().get()));
      }
    }
  }

  /**
   * Peaks of several kinds need not fall together: their sum is rather too much than too little.
   */
  private static MemoryPeak peakOf(ExecutorMetrics metrics) {
    long beyond =
        metrics.getMetricValue("JVMOffHeapMemory")
            + metrics.getMetricValue("DirectPoolMemory")
            + metrics.getMetricValue("MappedPoolMemory")
            + metrics.getMetricValue("OffHeapUnifiedMemory");
    boolean looked = metrics.getMetricValue("ProcessTreeJVMRSSMemory") > 0;
    long beside =
        metrics.getMetricValue("ProcessTreePythonRSSMemory")
            + metrics.getMetricValue("ProcessTreeOtherRSSMemory");
    return new MemoryPeak(metrics.getMetricValue("JVMHeapMemory"), beyond, looked ? beside : -1);
  }

  /**
   * What they have used so far.
   *
   * @param now milliseconds since 1970
   */
  synchronized Used.OfRole used(long now) {
    long alive = 0;
    long slots = 0;
    for (Present executor : present.values()) {
      alive += now - executor.since();
      slots += (now - executor.since()) * executor.cores();
    }
    return new Used.OfRole(
        told.cardinality(),
        TimeUnit.MILLISECONDS.toSeconds(millis + alive),
        told.isEmpty() ? null : peak.heapMebibytes(),
        told.isEmpty() ? null : peak.offHeapMebibytes(),
        told.isEmpty() ? null : peak.besideMebibytes(),
        TimeUnit.MILLISECONDS.toSeconds(slotMillis + slots),
        TimeUnit.MILLISECONDS.toSeconds(taskMillis),
        TimeUnit.NANOSECONDS.toSeconds(cpuNanos),
        TimeUnit.MILLISECONDS.toSeconds(gcMillis),
        heapFull == 0 ? null : heapFull,
        oomKilled == 0 ? null : oomKilled);
  }
}
