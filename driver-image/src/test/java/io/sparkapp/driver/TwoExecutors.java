package io.sparkapp.driver;

import java.util.HashMap;
import java.util.Map;

/** An application whose twenty tasks two executors share, and which a single failed task ends. */
final class TwoExecutors {

  private TwoExecutors() {}

  /**
   * Starts it, and waits until both have registered and a task is done.
   *
   * @param more properties of Spark besides
   */
  static void work(SparkProcesses spark, Map<String, String> more) throws Exception {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("spark.executor.instances", "2");
    properties.put("spark.scheduler.minRegisteredResourcesRatio", "1.0");
    properties.put("spark.scheduler.maxRegisteredResourcesWaitingTime", "2m");
    properties.put("spark.task.maxFailures", "1");
    spark.startDriver(Programs.Shuffle.class, properties, "800");
    DriverReports.awaitTasks(spark, 2);
  }
}
