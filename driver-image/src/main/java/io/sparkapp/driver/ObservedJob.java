package io.sparkapp.driver;

import java.util.List;
import org.apache.spark.JobExecutionStatus;
import org.apache.spark.status.api.v1.JobData;
import org.apache.spark.status.api.v1.StageData;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A job as Spark's status store shows it, with those of its stages that run.
 *
 * @param stageIds all stages, the one with the result has the highest id
 */
record ObservedJob(
    int id,
    boolean running,
    List<Integer> stageIds,
    int completedStages,
    int skippedStages,
    int tasks,
    int completedTasks,
    int skippedTasks,
    int activeTasks,
    int failedTasks,
    List<RunningStage> runningStages) {

  /** A stage that runs: its tasks, and how many of them are done. */
  record RunningStage(int id, int tasks, int completedTasks) {}

  static ObservedJob of(JobData job, List<StageData> activeStages) {
    List<Integer> stageIds =
        CollectionConverters.asJava(job.stageIds()).stream()
            .map(id -> ((Number) id).intValue())
            .toList();
    return new ObservedJob(
        job.jobId(),
        job.status() == JobExecutionStatus.RUNNING,
        stageIds,
        job.numCompletedStages(),
        job.numSkippedStages(),
        job.numTasks(),
        job.numCompletedIndices(),
        job.numSkippedTasks(),
        job.numActiveTasks(),
        job.numFailedTasks(),
        activeStages.stream()
            .filter(stage -> stageIds.contains(stage.stageId()))
            .map(
                stage ->
                    new RunningStage(
                        stage.stageId(), stage.numTasks(), stage.numCompletedIndices()))
            .toList());
  }

  JobCounts counts() {
    int stages = stageIds.size() - skippedStages;
    int wanted = tasks - skippedTasks;
    if (running && resultIsBeingComputed()) {
      // Spark calls a stage skipped only when its job ends. But what has not run by now never will.
      stages = Math.min(stages, completedStages + runningStages.size());
      wanted =
          completedTasks
              + runningStages.stream()
                  .mapToInt(stage -> Math.max(0, stage.tasks() - stage.completedTasks()))
                  .sum();
    }
    return new JobCounts(
        1,
        running ? 0 : 1,
        stages,
        Math.min(completedStages, stages),
        wanted,
        Math.min(completedTasks, wanted),
        activeTasks,
        failedTasks);
  }

  private boolean resultIsBeingComputed() {
    int result = stageIds.stream().mapToInt(Integer::intValue).max().orElse(-1);
    return runningStages.stream().anyMatch(stage -> stage.id() == result);
  }
}
