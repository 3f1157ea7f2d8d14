package io.sparkapp.crds;

import java.util.List;
import java.util.Optional;

/**
 * What there is to say of an application besides its own message, one sentence each, wherever its
 * user looks. What the operator wrote is told as it stands; nothing is decided here.
 *
 * @param app the application
 * @param answered what the operator answered its driver; empty when there is no request of it
 */
public record Circumstances(SparkApp app, Optional<ExecutorRequestStatus> answered) {

  /** How many executors failed; empty when none did. */
  public Optional<String> failures() {
    return Optional.ofNullable(status().executors())
        .map(SparkAppStatus.ExecutorCounts::failed)
        .filter(failed -> failed > 0)
        .map(failed -> failed + (failed == 1 ? " executor" : " executors") + " failed so far.");
  }

  /** Why its queue grants no more; empty when the operator has not said. */
  public Optional<String> answer() {
    return answered.map(ExecutorRequestStatus::message);
  }

  /** That its queue takes executors back: a sentence for each ResourceProfile. */
  public List<String> takenBack() {
    return answered.map(ExecutorRequestStatus::reclaim).orElse(List.of()).stream()
        .map(
            reclaim ->
                "The queue takes executors back: %d%s may stay; those that are still too many are ended at %s."
                    .formatted(
                        reclaim.total(),
                        reclaim.profile() == null || reclaim.profile() == 0
                            ? ""
                            : " of ResourceProfile " + reclaim.profile(),
                        reclaim.before()))
        .toList();
  }

  /** That it is to move to another queue; empty when it is where it wants to be. */
  public Optional<String> move() {
    String wanted = app.getSpec().queue();
    return Optional.ofNullable(status().queue())
        .filter(charged -> !charged.equals(wanted))
        .map(charged -> move("It", wanted, charged));
  }

  /**
   * What is said of one that moves as soon as it can.
   *
   * @param who moves
   */
  public static String move(String who, String queue, String chargedTo) {
    return "%s is to move to queue %s, and stays charged to %s until there is room for all that it holds."
        .formatted(who, queue, chargedTo);
  }

  /** That the last change of its spec is news to the operator; empty when it is not. */
  public Optional<String> unseen() {
    Long generation = app.getMetadata().getGeneration();
    boolean over = status().phase() != null && status().phase().isTerminal();
    return Optional.ofNullable(status().observedGeneration())
        .filter(observed -> !over && generation != null && observed < generation)
        .map(observed -> "The operator has not looked at the last change of its spec yet.");
  }

  private SparkAppStatus status() {
    return app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
  }
}
