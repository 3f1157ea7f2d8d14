package io.sparkapp.driver;

import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SchedulerBackend;
import org.apache.spark.scheduler.TaskSchedulerImpl;

/** Spark's own task scheduler; it tells the backend when the application has started. */
final class SparkAppTaskScheduler extends TaskSchedulerImpl {

  private SparkAppSchedulerBackend ours;

  SparkAppTaskScheduler(SparkContext context) {
    super(context);
  }

  @Override
  public void initialize(SchedulerBackend backend) {
    ours = (SparkAppSchedulerBackend) backend;
    super.initialize(backend);
  }

  /** SparkContext calls this last: application id and shuffle configuration are set by now. */
  @Override
  public void postStartHook() {
    ours.applicationStarted();
    super.postStartHook();
  }
}
