package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SparkAppStatus(
    Phase phase,
    String message,
    Long observedGeneration,
    Integer attempt,
    String applicationId,
    DriverStatus driver,
    ExecutorCounts executors,
    Progress progress,
    List<Condition> conditions,
    String started,
    String attemptStarted,
    String nextAttempt,
    List<PastAttempt> history,
    String ended) {

  /** The status of an application that nobody has looked at yet. */
  public static final SparkAppStatus NONE =
      new SparkAppStatus(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null);

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
      String pod, String address, Integer exitCode, List<String> log, String connect) {}

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
      Integer asked, Integer granted, Integer running, Integer failed, String summary) {

    public static ExecutorCounts of(int asked, int granted, int running, int failed) {
      return new ExecutorCounts(asked, granted, running, failed, running + "/" + asked);
    }
  }
}
