package io.sparkapp.driver;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** What a driver has told of its application in the request, and how long that may take. */
final class DriverReports {

  static final Duration SOON = Duration.ofSeconds(90);

  private DriverReports() {}

  /** Executors that it asks for, of the default ResourceProfile. */
  static int total(SparkProcesses spark) {
    return spark.apiServer().spec().at("/asks/0/total").asInt(-1);
  }

  /** Executors that have registered with it. */
  static int registered(SparkProcesses spark) {
    return spark.apiServer().spec().at("/progress/executors/registered").asInt(-1);
  }

  /** Waits until so many executors have registered and a task is done. */
  static void awaitTasks(SparkProcesses spark, int registered) {
    await()
        .atMost(SOON.multipliedBy(3))
        .until(
            () ->
                spark.apiServer().spec().at("/progress/tasks/done").asInt() > 0
                    && registered(spark) >= registered);
  }
}
