package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * How far the driver's DAG has come, reported by the driver at most once a second.
 *
 * @param jobs Spark jobs seen so far
 * @param stages their stages; skipped ones are not counted
 * @param tasks the stages' tasks
 * @param percent tasks done of tasks known, 0 to 100
 * @param active the running stages, lowest id first, at most five
 * @param executors what the driver itself knows of its executors
 * @param connect where the Spark Connect server listens, once it does, as {@code sc://host:port}
 * @param summary the percentage as {@code 60%}, for kubectl's columns; set by the operator
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Progress(
    Count jobs,
    Count stages,
    TaskCount tasks,
    Integer percent,
    List<ActiveStage> active,
    Registered executors,
    String connect,
    String summary) {

  /** {@code done} of {@code total}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Count(Integer done, Integer total) {}

  /**
   * Tasks by state.
   *
   * @param done ended well
   * @param total of all stages known
   * @param active running now
   * @param failed attempts that failed, whether or not they were run again
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TaskCount(Integer done, Integer total, Integer active, Integer failed) {}

  /**
   * A running stage.
   *
   * @param stage Spark's stage id
   * @param attempt Spark's stage attempt, from 0
   * @param name Spark's name of it, such as {@code reduce at Pi.java:38}
   * @param done tasks that ended well
   * @param active tasks that run now
   * @param total tasks of the stage
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ActiveStage(
      Integer stage, Integer attempt, String name, Integer done, Integer active, Integer total) {}

  /** How many executors have registered with the driver and are there. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Registered(Integer registered) {}

  /** This progress with its summary set. */
  public Progress withSummary() {
    String text = percent == null ? null : percent + "%";
    return new Progress(jobs, stages, tasks, percent, active, executors, connect, text);
  }
}
