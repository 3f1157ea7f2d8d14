package io.sparkapp.driver;

import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SchedulerBackend;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

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

  /** Executors on one node are to each other what machines of one rack are on YARN. */
  @Override
  public Seq<Option<String>> getRacksForHosts(Seq<String> hosts) {
    return CollectionConverters.asScala(
            CollectionConverters.asJava(hosts).stream()
                .map(host -> Option.apply(ours.nodes().rack(host)))
                .toList())
        .toSeq();
  }

  /** SparkContext calls this last: application id and shuffle configuration are set by now. */
  @Override
  public void postStartHook() {
    ours.applicationStarted();
    super.postStartHook();
  }
}
