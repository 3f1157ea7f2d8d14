package io.sparkapp.driver;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** One stage of the DAG, in the shape that the ExecutorRequest has. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StageNode(
    int stage,
    Integer attempt,
    int job,
    String name,
    List<Integer> parents,
    State state,
    int tasks,
    int failed,
    String submitted,
    String completed) {

  private static final int LONGEST_NAME = 80;

  /** How far a stage is; names as in the custom resource. */
  enum State {
    Waiting,
    Active,
    Done,
    Skipped,
    Failed
  }

  static StageNode of(ObservedStage stage, int job, State state, List<Integer> parents) {
    return new StageNode(
        stage.id(),
        stage.submitted().isPresent() ? stage.attempt() : null,
        job,
        cut(stage.name()),
        parents,
        state,
        stage.tasks(),
        0,
        time(stage.submitted()),
        time(stage.completed()));
  }

  StageNode with(State now) {
    return new StageNode(
        stage, attempt, job, name, parents, now, tasks, failed, submitted, completed);
  }

  StageNode withParents(List<Integer> now) {
    return new StageNode(
        stage, attempt, job, name, now, state, tasks, failed, submitted, completed);
  }

  StageNode withFailed(int now) {
    return new StageNode(
        stage, attempt, job, name, parents, state, tasks, now, submitted, completed);
  }

  /** Whether it ran and does not any more. */
  boolean ended() {
    return state == State.Done || state == State.Failed;
  }

  static String cut(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  private static String time(OptionalLong millis) {
    return millis.isPresent() ? Instant.ofEpochMilli(millis.getAsLong()).toString() : null;
  }
}
