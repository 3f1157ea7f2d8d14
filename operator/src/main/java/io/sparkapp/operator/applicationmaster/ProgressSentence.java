package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.Progress.ActiveStage;
import java.util.Optional;

/** What a running application does, in one sentence. */
final class ProgressSentence {

  private ProgressSentence() {}

  /**
   * The sentence.
   *
   * @param waiting what its executors wait for, if they all do
   */
  static String of(Observed observed, Optional<String> waiting) {
    Optional<Progress> progress =
        Optional.ofNullable(observed.wanted()).map(ExecutorRequestSpec::progress);
    if (!observed.app().getSpec().servesConnect()) {
      return waiting.orElseGet(() -> of(progress));
    }
    String server =
        progress
            .map(Progress::connect)
            .map(address -> "Spark Connect listens at " + address + ".")
            .orElse("The Spark Connect server starts.");
    return waiting
        .or(() -> progress.filter(ProgressSentence::isBusy).map(known -> of(progress)))
        .map(more -> server + " " + more)
        .orElse(server);
  }

  private static boolean isBusy(Progress progress) {
    return progress.active() != null && !progress.active().isEmpty();
  }

  private static String of(Optional<Progress> progress) {
    if (progress.isEmpty()) {
      return "The driver runs and has reported no job yet.";
    }
    Progress known = progress.get();
    if (known.active() != null && !known.active().isEmpty()) {
      ActiveStage stage = known.active().get(0);
      return "Stage "
          + stage.stage()
          + " ("
          + stage.name()
          + "): "
          + stage.done()
          + " of "
          + stage.total()
          + " tasks"
          + (known.active().size() > 1 ? "; " + (known.active().size() - 1) + " more stages" : "")
          + ".";
    }
    if (known.jobs() == null || known.jobs().total() == null || known.jobs().total() == 0) {
      return "The driver runs and has started no job yet.";
    }
    return "The driver runs; "
        + known.jobs().done()
        + " of "
        + known.jobs().total()
        + " jobs done.";
  }
}
