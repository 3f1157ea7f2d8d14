package io.sparkapp.driver;

import io.sparkapp.driver.RequestStatus.Ended;
import org.apache.spark.scheduler.ExecutorDecommission;
import org.apache.spark.scheduler.ExecutorExited;
import org.apache.spark.scheduler.ExecutorKilled$;
import org.apache.spark.scheduler.ExecutorLossReason;
import org.apache.spark.scheduler.ExecutorProcessLost;
import scala.Option;

/** Tells Spark in its own terms why an executor was lost, and whether its tasks count as failed. */
final class LossReason {

  private LossReason() {}

  static ExecutorLossReason of(Ended end) {
    return switch (end.cause()) {
      case "Released" -> ExecutorKilled$.MODULE$;
      case "NodeLost" ->
          new ExecutorProcessLost(end.message(), Option.empty(), end.applicationAtFault());
      default -> new ExecutorExited(end.exitCode(), end.applicationAtFault(), end.message());
    };
  }

  /** It left because it was decommissioned; nothing of it is lost. */
  static ExecutorLossReason decommissioned() {
    return new ExecutorDecommission(Option.empty(), ExecutorDecommission.msgPrefix());
  }

  /** Nobody could say why the connection went; that is no proof against the application. */
  static ExecutorLossReason unknown(String id, long seconds) {
    return new ExecutorProcessLost(
        "The connection to executor "
            + id
            + " was lost, and nobody could say why within "
            + seconds
            + " s.",
        Option.empty(),
        false);
  }
}
