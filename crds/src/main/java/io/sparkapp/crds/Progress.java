package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * How far the driver's DAG has come, reported by the driver at most once a second.
 *
 * @param jobs Spark jobs seen so far
 * @param stages their stages; skipped ones are not counted
 * @param tasks the stages' tasks
 * @param percent tasks done of tasks known, 0 to 100
 * @param active the running stages, lowest id first, at most five
 * @param graph the DAG's stages, lowest id first; of many only the latest sixty. In a SparkApp's
 *     status only when the application has ended, and of many the latest {@value #MOST_KEPT}: while
 *     it runs its ExecutorRequest has them
 * @param executors what the driver itself knows of its executors
 * @param connect where the Spark Connect server listens, once it does, as {@code sc://host:port}
 * @param summary the percentage as {@code 60%}, for kubectl's columns; set by the operator
 * @param used what driver and executors have used so far; only in an ExecutorRequest, a SparkApp's
 *     status says in {@code usage} what follows from it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Progress(
    @JsonPropertyDescription("Spark jobs seen so far.") Count jobs,
    @JsonPropertyDescription("Their stages; skipped ones are not counted.") Count stages,
    @JsonPropertyDescription("The tasks of these stages.") TaskCount tasks,
    @JsonPropertyDescription("Tasks done of tasks known, 0 to 100.") Integer percent,
    @JsonPropertyDescription("The running stages, lowest id first, at most five.")
        List<ActiveStage> active,
    @JsonPropertyDescription(
            "The DAG's stages, lowest id first: in an ExecutorRequest at most the latest sixty, in a SparkApp's status the latest thirty, once it has ended.")
        List<StageNode> graph,
    @JsonPropertyDescription("What the driver itself knows of its executors.") Registered executors,
    @JsonPropertyDescription(
            "Where the Spark Connect server listens, once it does, as sc://host:port.")
        String connect,
    @JsonPropertyDescription("The percentage as 60%, for kubectl's columns.") String summary,
    @JsonPropertyDescription(
            "What driver and executors have used so far, memory in MiB; only in an ExecutorRequest.")
        Used used) {

  /** Stages that are kept of an application that has ended. */
  public static final int MOST_KEPT = 30;

  /** {@code done} of {@code total}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Count(
      @JsonPropertyDescription("How many are done.") Integer done,
      @JsonPropertyDescription("How many are known.") Integer total) {}

  /**
   * Tasks by state.
   *
   * @param done ended well
   * @param total of all stages known
   * @param active running now
   * @param failed attempts that failed, whether or not they were run again
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TaskCount(
      @JsonPropertyDescription("Tasks that ended well.") Integer done,
      @JsonPropertyDescription("Tasks of all stages known.") Integer total,
      @JsonPropertyDescription("Tasks that run now.") Integer active,
      @JsonPropertyDescription("Attempts of tasks that failed, whether or not they were run again.")
          Integer failed) {}

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
      @JsonPropertyDescription("Spark's stage id.") Integer stage,
      @JsonPropertyDescription("Spark's stage attempt, from 0.") Integer attempt,
      @JsonPropertyDescription("Spark's name of it, such as reduce at Pi.java:38.") String name,
      @JsonPropertyDescription("Its tasks that ended well.") Integer done,
      @JsonPropertyDescription("Its tasks that run now.") Integer active,
      @JsonPropertyDescription("How many tasks it has.") Integer total) {}

  /**
   * The driver's executors by number.
   *
   * @param registered that have registered and are there
   * @param idle of these, that run no task
   * @param bare of the idle ones, that hold neither shuffle files nor cached blocks
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Registered(
      @JsonPropertyDescription("Executors that have registered and are there.") Integer registered,
      @JsonPropertyDescription("Of these, those that run no task.") Integer idle,
      @JsonPropertyDescription(
              "Of the idle ones, those that hold neither shuffle files nor cached blocks.")
          Integer bare) {}

  /** This progress with its summary set. */
  public Progress withSummary() {
    String text = percent == null ? null : percent + "%";
    return new Progress(
        jobs, stages, tasks, percent, active, graph, executors, connect, text, used);
  }

  /**
   * What of this progress stays when the application has ended: without what was measured for its
   * right size, and of its stages the latest {@value #MOST_KEPT}, as ten thousand such applications
   * may be there.
   */
  public Progress atTheEnd() {
    List<StageNode> kept =
        graph == null || graph.size() <= MOST_KEPT
            ? graph
            : List.copyOf(graph.subList(graph.size() - MOST_KEPT, graph.size()));
    return new Progress(
        jobs, stages, tasks, percent, active, kept, executors, connect, summary, null);
  }

  /** This progress without the DAG and what was measured: they are not copied while it runs. */
  public Progress inShort() {
    return new Progress(
        jobs, stages, tasks, percent, active, null, executors, connect, summary, null);
  }
}
