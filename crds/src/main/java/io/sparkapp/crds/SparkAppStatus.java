package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * How the application goes, as far as it was observed. Times are RFC 3339 in UTC.
 *
 * @param phase where the application stands
 * @param message one sentence: what is going on, or why it ended as it did
 * @param observedGeneration the generation of the spec that this status speaks of
 * @param attempt the running attempt, from 1
 * @param applicationId Spark's {@code spark.app.id} of that attempt
 * @param driver the driver
 * @param executors how many executors there are
 * @param progress the jobs, stages and tasks of the driver's DAG
 * @param conditions Admitted, DriverRunning, ExecutorsReady, Complete, Failed, by the Kubernetes
 *     API conventions; Complete and Failed are named as a Job's, so that {@code kubectl wait} works
 * @param started when the first attempt's driver and executors were created; again when it is
 *     resumed, as a Job's {@code startTime}
 * @param attemptStarted when those of the current attempt were created
 * @param nextAttempt when the next attempt starts, while one is waited for
 * @param history earlier attempts, the last {@value RestartSpec#MOST_ATTEMPTS}, the oldest first
 * @param ended when the application came to its end
 * @param queue the queue that it is charged to; after a change of {@code spec.queue} the old one
 *     until the new one has room
 * @param place its place in the line of its queue, from 1, while it waits there
 * @param usage what the last attempt asked for, used at most, and could have done with; known when
 *     the application has ended
 * @param times when the current attempt came how far
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription(
    "How the application goes, as far as it was observed; the operator writes it.")
public record SparkAppStatus(
    @JsonPropertyDescription(
            "Where the application stands: Waiting for its queue or for what it refers to, Starting, Running, Suspended, Restarting, Succeeded or Failed.")
        Phase phase,
    @JsonPropertyDescription("One sentence: what is going on, or why it ended as it did.")
        String message,
    @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,
    @JsonPropertyDescription("The current attempt, from 1.") Integer attempt,
    @JsonPropertyDescription(
            "Spark's application id of that attempt; its pods' names begin with it.")
        String applicationId,
    @JsonPropertyDescription("The driver, as it was last seen.") DriverStatus driver,
    @JsonPropertyDescription("How many executors there are.") ExecutorCounts executors,
    @JsonPropertyDescription("The jobs, stages and tasks of the driver's DAG.") Progress progress,
    @JsonPropertyDescription(
            "Admitted, DriverRunning, ExecutorsReady, Complete and Failed, by the conventions of Kubernetes; Complete and Failed are named as a Job's.")
        List<Condition> conditions,
    @JsonPropertyDescription(
            "When driver and executors of the first attempt were created; again when it is resumed. RFC 3339, as all times here.")
        String started,
    @JsonPropertyDescription("When driver and executors of the current attempt were created.")
        String attemptStarted,
    @JsonPropertyDescription("When the next attempt starts, while one is waited for.")
        String nextAttempt,
    @JsonPropertyDescription("Earlier attempts, the oldest first.") List<PastAttempt> history,
    @JsonPropertyDescription("When the application came to its end.") String ended,
    @JsonPropertyDescription(
            "The queue that it is charged to; after a change of spec.queue the old one until the new one has room.")
        String queue,
    @JsonPropertyDescription("Its place in the line of its queue, from 1, while it waits there.")
        Integer place,
    @JsonPropertyDescription(
            "What the last attempt asked for, used at most and could have done with; known when the application has ended.")
        Usage usage,
    @JsonPropertyDescription(
            "When the current attempt came how far; what it has not reached yet is left out.")
        AttemptTimes times) {

  /** The status of an application that nobody has looked at yet. */
  public static final SparkAppStatus NONE =
      new SparkAppStatus(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null);

  /**
   * The driver as last seen.
   *
   * @param pod its pod's name
   * @param address its pod's address
   * @param exitCode its exit code once it ended, as Spark on YARN gives them
   * @param log the last lines that it printed, when it failed
   * @param connect where its Spark Connect server listens, as {@code sc://host:port}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DriverStatus(
      @JsonPropertyDescription("Name of its pod.") String pod,
      @JsonPropertyDescription("Address of its pod.") String address,
      @JsonPropertyDescription("Its exit code once it ended, as Spark on YARN gives them.")
          Integer exitCode,
      @JsonPropertyDescription("The last lines that it printed, when it failed.") List<String> log,
      @JsonPropertyDescription("Where its Spark Connect server listens, as sc://host:port.")
          String connect) {}

  /**
   * Executors by number; never by name, so that the status stays small.
   *
   * @param asked how many the driver wants
   * @param granted how many the ResourceManager grants
   * @param running how many have a running pod
   * @param failed how many ended otherwise than by release
   * @param summary running and asked, as {@code 2/3}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ExecutorCounts(
      @JsonPropertyDescription("How many the driver wants.") Integer asked,
      @JsonPropertyDescription("How many the queue grants.") Integer granted,
      @JsonPropertyDescription("How many have a running pod.") Integer running,
      @JsonPropertyDescription("How many ended otherwise than by release.") Integer failed,
      @JsonPropertyDescription("Running and asked for, as 2/3, for kubectl's columns.")
          String summary) {

    public static ExecutorCounts of(int asked, int granted, int running, int failed) {
      return new ExecutorCounts(asked, granted, running, failed, running + "/" + asked);
    }
  }
}
