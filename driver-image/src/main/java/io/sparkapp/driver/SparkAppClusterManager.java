package io.sparkapp.driver;

import java.lang.reflect.Field;
import org.apache.spark.SparkContext;
import org.apache.spark.resource.ResourceProfileManager;
import org.apache.spark.scheduler.ExternalClusterManager;
import org.apache.spark.scheduler.SchedulerBackend;
import org.apache.spark.scheduler.TaskScheduler;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Spark finds for a master {@code sparkapp://}: in a pod that the operator made it is {@code
 * sparkapp://NAMESPACE/NAME}; anywhere else, see {@link MasterUrl}.
 */
public final class SparkAppClusterManager implements ExternalClusterManager {

  /** The launcher's way to tell whether the user's program used Spark at all. */
  static final String USED = "sparkapp.driver.sparkUsed";

  private static final Logger LOG = LoggerFactory.getLogger(SparkAppClusterManager.class);

  @Override
  public boolean canCreate(String masterUrl) {
    return masterUrl.startsWith("sparkapp://");
  }

  @Override
  public TaskScheduler createTaskScheduler(SparkContext context, String masterUrl) {
    allowResourceProfiles(context.resourceProfileManager());
    if (!DriverEnvironment.isOfAPod(System.getenv())) {
      ClientConf.complete(context.conf(), Python.isAtWork());
    }
    return new SparkAppTaskScheduler(context);
  }

  @Override
  public SchedulerBackend createSchedulerBackend(
      SparkContext context, String masterUrl, TaskScheduler scheduler) {
    if (DriverEnvironment.isOfAPod(System.getenv())) {
      Attempt attempt = DriverEnvironment.from(System.getenv()).asAttempt();
      return new SparkAppSchedulerBackend(
          (TaskSchedulerImpl) scheduler, context, attempt, new DriverPlace.InItsPod());
    }
    ClientApplication application = ClientApplication.begin(masterUrl, context);
    return new SparkAppSchedulerBackend(
        (TaskSchedulerImpl) scheduler, context, application.attempt(), application);
  }

  @Override
  public void initialize(TaskScheduler scheduler, SchedulerBackend backend) {
    ((TaskSchedulerImpl) scheduler).initialize(backend);
    System.setProperty(USED, "true");
  }

  /**
   * Spark allows ResourceProfiles to the cluster managers that it knows; ours treats them as
   * Kubernetes does, so it says that it is one ({@code ResourceProfileManager.isSupported}).
   */
  private static void allowResourceProfiles(ResourceProfileManager manager) {
    try {
      Field field = ResourceProfileManager.class.getDeclaredField("isK8s");
      field.setAccessible(true);
      field.setBoolean(manager, true);
    } catch (ReflectiveOperationException e) {
      LOG.warn("This Spark does not let stage-level scheduling be used here: {}", e.toString());
    }
  }
}
