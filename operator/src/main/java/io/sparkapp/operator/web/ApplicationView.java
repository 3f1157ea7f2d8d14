package io.sparkapp.operator.web;

import io.fabric8.kubernetes.api.model.Condition;
import io.sparkapp.crds.MainProgram;
import io.sparkapp.crds.PastAttempt;
import io.sparkapp.crds.Placement;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.StageNode;
import io.sparkapp.crds.Usage;
import io.sparkapp.operator.applicationmaster.ExecutorReport;
import io.sparkapp.operator.applicationmaster.Observed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that the page shows of one application.
 *
 * @param summary its line in the list
 * @param reasons why it stands where it stands, one sentence each
 * @param program what it runs, by the names of the fields of its spec
 * @param attempts those that another one followed, the oldest first
 * @param attemptStarted when the current one began; null before
 * @param driver the driver as the status has it; null before there is one
 * @param executors executors of all attempts that this operator remembers
 * @param watched since when this operator has looked at all applications, RFC 3339
 * @param unseen how many executors of the current attempt were gone by then, and are not known
 * @param stages the DAG
 * @param usage what it asked for, used and could have done with; null until that is known
 * @param pods whose logs there are to read
 * @param sparkUi whether Spark's own page of it can be reached now
 * @param historyUrl its page in the history server; null when there is none
 */
record ApplicationView(
    ApplicationRow summary,
    String uid,
    String applicationId,
    Placement placement,
    Map<String, String> labels,
    List<String> reasons,
    Map<String, String> program,
    List<String> arguments,
    List<PastAttempt> attempts,
    String attemptStarted,
    SparkAppStatus.DriverStatus driver,
    List<Condition> conditions,
    SparkAppStatus.ExecutorCounts executorCounts,
    List<ExecutorReport> executors,
    String watched,
    int unseen,
    Progress progress,
    List<StageNode> stages,
    Usage usage,
    List<String> pods,
    boolean sparkUi,
    String historyUrl) {

  /**
   * @param executors all that are remembered
   * @param watched since when
   * @param historyServer where the history server's pages are, from outside
   */
  static ApplicationView of(
      Observed observed,
      List<ExecutorReport> executors,
      Instant watched,
      Optional<SparkQueue> queue,
      Optional<String> historyServer) {
    SparkApp app = observed.app();
    SparkAppStatus status = observed.status();
    Progress progress = progress(observed);
    Optional<MainProgram> main = Optional.ofNullable(app.getSpec().main());
    return new ApplicationView(
        ApplicationRow.of(app),
        app.getMetadata().getUid(),
        status.applicationId(),
        app.getSpec().placement(),
        Optional.ofNullable(app.getMetadata().getLabels()).orElse(Map.of()),
        Reasons.of(observed, queue),
        main.map(MainProgram::parts).orElse(Map.of()),
        main.map(MainProgram::args).orElse(List.of()),
        observed.history(),
        status.attemptStarted(),
        status.driver(),
        status.conditions() == null ? List.of() : status.conditions(),
        status.executors(),
        executors,
        watched.toString(),
        PastExecutors.unseen(observed, executors, watched),
        progress,
        stages(progress, status),
        status.usage(),
        pods(observed),
        SparkUi.target(observed).isPresent(),
        historyServer
            .filter(url -> status.applicationId() != null && writesEvents(app))
            .map(url -> url + "/history/" + status.applicationId() + "/")
            .orElse(null));
  }

  /** What stands in ConfigMaps is not known here: it may. */
  private static boolean writesEvents(SparkApp app) {
    return "true".equals(app.getSpec().sparkConf().get("spark.eventLog.enabled"))
        || !app.getSpec().sparkConfFrom().isEmpty();
  }

  private static List<String> pods(Observed observed) {
    return Stream.concat(observed.driver().stream(), observed.executors().stream())
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  /** The driver's own last word, which the status follows. */
  private static Progress progress(Observed observed) {
    Progress kept = observed.status().progress();
    if (observed.status().phase() != null && observed.status().phase().isTerminal()) {
      return kept;
    }
    Progress live = observed.wanted().progress();
    return live == null ? kept : live;
  }

  private static List<StageNode> stages(Progress progress, SparkAppStatus status) {
    if (progress != null && progress.graph() != null) {
      return progress.graph();
    }
    return status.progress() != null && status.progress().graph() != null
        ? status.progress().graph()
        : List.of();
  }
}
