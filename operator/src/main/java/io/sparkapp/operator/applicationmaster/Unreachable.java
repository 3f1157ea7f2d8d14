package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.ClientSpec;
import io.sparkapp.crds.ExecutorRequestStatus.Ended;
import java.util.Optional;

/**
 * A driver outside of the cluster whose address means nothing to pods: as long as no executor has
 * come in, the first one that reports it speaks for all.
 */
final class Unreachable {

  private Unreachable() {}

  static Optional<Ending> driver(Observed observed, ExecutorLedger ledger) {
    ClientSpec client = observed.app().getSpec().client();
    if (client == null || everReached(observed, ledger)) {
      return Optional.empty();
    }
    return ledger.ended().stream()
        .filter(Unreachable::gaveUp)
        .findFirst()
        .map(end -> Ending.forGood(sentence(client, end)));
  }

  /** One that came in is counted, has run a task, or ended otherwise. */
  private static boolean everReached(Observed observed, ExecutorLedger ledger) {
    return observed.executorsCameIn() || ledger.ended().stream().anyMatch(end -> !gaveUp(end));
  }

  private static boolean gaveUp(Ended end) {
    return end.exitCode() != null && end.exitCode() == ExecutorEnd.DRIVER_NEVER_ANSWERED;
  }

  private static String sentence(ClientSpec client, Ended end) {
    return "Executors can not reach the driver at "
        + ClientDriver.address(client)
        + ": set spark.driver.host to an address of its machine that pods can reach, and with a"
        + " firewall in between also spark.driver.port and spark.driver.blockManager.port. "
        + end.message();
  }
}
