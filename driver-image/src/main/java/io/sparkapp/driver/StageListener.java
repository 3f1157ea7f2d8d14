package io.sparkapp.driver;

import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import scala.jdk.javaapi.CollectionConverters;

/** Hears of jobs and stages, and of no task: there may be a hundred thousand of them a minute. */
final class StageListener extends SparkListener {

  private final StageGraph graph;

  StageListener(StageGraph graph) {
    this.graph = graph;
  }

  @Override
  public void onJobStart(SparkListenerJobStart event) {
    graph.jobStarted(
        event.jobId(),
        CollectionConverters.asJava(event.stageInfos()).stream().map(ObservedStage::of).toList());
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    graph.stageSubmitted(ObservedStage.of(event.stageInfo()));
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted event) {
    graph.stageCompleted(ObservedStage.of(event.stageInfo()));
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd event) {
    graph.jobEnded(event.jobId(), event.jobResult() == JobSucceeded$.MODULE$);
  }
}
