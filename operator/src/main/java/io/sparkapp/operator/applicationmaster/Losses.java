package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.ExecutorRequestStatus.Ended;
import java.util.ArrayList;
import java.util.List;

/** Tells of failed executors: one event for each, but not hundreds. */
final class Losses {

  private static final int MOST_TOLD = 5;

  private Losses() {}

  static List<Action> told(ExecutorLedger ledger) {
    List<String> failures =
        ledger.fresh().stream().filter(ExecutorLedger::isFailure).map(Ended::message).toList();
    List<String> told = new ArrayList<>(failures.subList(0, Math.min(MOST_TOLD, failures.size())));
    if (failures.size() > MOST_TOLD) {
      told.add((failures.size() - MOST_TOLD) + " more executors failed.");
    }
    return told.stream()
        .<Action>map(each -> new Action.Announce(EventReason.ExecutorLost, each))
        .toList();
  }
}
