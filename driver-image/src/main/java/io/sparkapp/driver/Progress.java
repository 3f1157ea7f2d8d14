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
 * @param graph the DAG's stages, lowest id first
 * @param executors what the driver knows of its executors
 * @param connect where the Spark Connect server listens; null when there is none
 * @param used what driver and executors have used so far; null until that is told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Progress(
    Count jobs,
    Count stages,
    Tasks tasks,
    int percent,
    List<ActiveStage> active,
    List<StageNode> graph,
    Executors executors,
    String connect,
    Used used) {

  private static final int MOST_STAGES = 5;

  record Count(int done, int total) {}

  record Tasks(int done, int total, int active, int failed) {}

  record ActiveStage(int stage, int attempt, String name, int done, int active, int total) {}

  /**
   * The executors by number.
   *
   * @param registered that have registered and are there
   * @param idle of these, that run no task and are not on their way out
   * @param bare of the idle ones, that hold neither shuffle files nor cached blocks
   */
  record Executors(int registered, int idle, int bare) {

    static final Executors NONE = new Executors(0, 0, 0);

    Executors withRegistered(int now) {
      return new Executors(now, idle, bare);
    }
  }

  /** Whether nothing has happened yet that anybody might want to know. */
  boolean isBlank() {
    return jobs.total() == 0 && executors.registered() == 0 && connect == null && used == null;
  }

  Progress withExecutors(Executors now) {
    return new Progress(jobs, stages, tasks, percent, active, graph, now, connect, used);
  }

  /**
   * What is told less often than the rest.
   *
   * @param stagesOfTheDag as they were told last, unless it is time to tell of them anew
   * @param usedSoFar likewise
   */
  Progress with(List<StageNode> stagesOfTheDag, Used usedSoFar) {
    return new Progress(
        jobs, stages, tasks, percent, active, stagesOfTheDag, executors, connect, usedSoFar);
  }

  static Progress of(
      JobCounts counts, List<StageData> activeStages, Executors executors, String connect) {
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
        null,
        executors,
        connect,
        null);
  }

  private static ActiveStage active(StageData stage) {
    return new ActiveStage(
        stage.stageId(),
        stage.attemptId(),
        StageNode.cut(stage.name()),
        stage.numCompletedIndices(),
        stage.numActiveTasks(),
        stage.numTasks());
  }
}
