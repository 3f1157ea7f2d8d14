package io.sparkapp.driver;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.status.api.v1.StageData;

/**
 * How far the DAG has come, in the shape that the ExecutorRequest has.
 *
 * @param jobs jobs known and done
 * @param stages their stages but the skipped ones
 * @param tasks the stages' tasks
 * @param percent tasks done of tasks known
 * @param active the running stages with the lowest ids
 * @param executors what the driver knows of its executors
 * @param connect where the Spark Connect server listens; null when there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Progress(
    Count jobs,
    Count stages,
    Tasks tasks,
    int percent,
    List<ActiveStage> active,
    Executors executors,
    String connect) {

  private static final int MOST_STAGES = 5;
  private static final int LONGEST_NAME = 80;

  record Count(int done, int total) {}

  record Tasks(int done, int total, int active, int failed) {}

  record ActiveStage(int stage, int attempt, String name, int done, int active, int total) {}

  record Executors(int registered) {}

  static Progress of(
      JobCounts counts, List<StageData> activeStages, int registered, String connect) {
    return new Progress(
        new Count(counts.jobsDone(), counts.jobs()),
        new Count(counts.stagesDone(), counts.stages()),
        new Tasks(counts.tasksDone(), counts.tasks(), counts.tasksActive(), counts.tasksFailed()),
        counts.tasks() == 0 ? 0 : (int) (100L * counts.tasksDone() / counts.tasks()),
        activeStages.stream()
            .sorted(Comparator.comparingInt(StageData::stageId))
            .limit(MOST_STAGES)
            .map(Progress::active)
            .toList(),
        new Executors(registered),
        connect);
  }

  private static ActiveStage active(StageData stage) {
    String name = stage.name();
    return new ActiveStage(
        stage.stageId(),
        stage.attemptId(),
        name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name,
        stage.numCompletedIndices(),
        stage.numActiveTasks(),
        stage.numTasks());
  }
}
