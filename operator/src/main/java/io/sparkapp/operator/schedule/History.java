package io.sparkapp.operator.schedule;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.ScheduledSparkAppSpec;
import java.util.List;
import java.util.stream.Stream;

/** Which of the runs that have ended are kept, and which are forgotten. */
final class History {

  private History() {}

  /** Names of the oldest ones beyond the limits. */
  static List<String> tooOld(ObservedSchedule observed) {
    ScheduledSparkAppSpec spec = observed.spec();
    return Stream.concat(
            oldest(observed, Phase.Succeeded, spec.successfulHistoryLimit()),
            oldest(observed, Phase.Failed, spec.failedHistoryLimit()))
        .map(Run::name)
        .toList();
  }

  private static Stream<Run> oldest(ObservedSchedule observed, Phase end, int kept) {
    List<Run> ended =
        observed.runs().stream()
            .filter(run -> run.hasEndedAs(end) && !run.isBeingDeleted())
            .toList();
    return ended.subList(0, Math.max(0, ended.size() - kept)).stream();
  }
}
