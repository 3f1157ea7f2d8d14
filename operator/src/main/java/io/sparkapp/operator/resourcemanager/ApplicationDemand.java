package io.sparkapp.operator.resourcemanager;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the ApplicationMaster reports of one application that is not over: what it wants, and what
 * it was seen to have.
 *
 * @param id the application
 * @param queue the queue that its spec names
 * @param chargedTo the queue that its status names, which it was admitted to
 * @param user on whose behalf it runs
 * @param priority the value of its PriorityClass, 0 without one
 * @param submitted when it was created; who came first is served first
 * @param driver what its driver's pod requests; {@link Resources#NONE} for one outside
 * @param gang executors of the first of {@code asks} that it is not worth starting without
 * @param asks executors wanted per ResourceProfile, in the order of their numbers
 * @param admitted whether an attempt was begun that has not ended
 */
public record ApplicationDemand(
    ApplicationId id,
    String queue,
    Optional<String> chargedTo,
    Optional<String> user,
    int priority,
    Instant submitted,
    Resources driver,
    int gang,
    List<Ask> asks,
    boolean admitted) {

  public ApplicationDemand {
    asks = List.copyOf(asks);
  }

  /** The same of one of which no pod was looked at: it may have all that was granted. */
  public ApplicationDemand holdingWhatWasGranted() {
    return withAsks(asks.stream().map(Ask::allThere).toList());
  }

  /** The same with other executors. */
  ApplicationDemand withAsks(List<Ask> others) {
    return new ApplicationDemand(
        id, queue, chargedTo, user, priority, submitted, driver, gang, others, admitted);
  }

  /**
   * Executors of one ResourceProfile.
   *
   * @param profile its number
   * @param size what the pod of each requests
   * @param wanted how many the driver wants in all
   * @param granted how many were granted, as far as was written down; what the ResourceManager has
   *     decided since goes before it
   * @param held pods that there are and have not ended, those on their way out included
   * @param leaving of those, how many are on their way out
   * @param idle of those, how many run no task as far as the driver has told
   * @param reclaim what was written down to be taken back
   */
  public record Ask(
      int profile,
      Resources size,
      int wanted,
      int granted,
      int held,
      int leaving,
      int idle,
      Optional<Reclaim> reclaim) {

    /** Of a ResourceProfile of which no pod is on its way out. */
    public Ask(
        int profile,
        Resources size,
        int wanted,
        int granted,
        int held,
        int idle,
        Optional<Reclaim> reclaim) {
      this(profile, size, wanted, granted, held, 0, idle, reclaim);
    }

    /** Pods that stay, as far as is known. */
    int live() {
      return held - leaving;
    }

    /**
     * Pods on their way out that come on top of what is granted. A pod that goes by itself takes
     * part of the grant until it is gone; of one that was taken back the room is another's.
     */
    int besides() {
      return reclaim.isPresent() ? leaving : 0;
    }

    /** For how many executors room is charged when so many are granted. */
    int charged(int grant) {
      return Math.max(grant + besides(), held);
    }

    /** How many of those that are there were told to go and have not gone. */
    int going() {
      return reclaim.isPresent() ? charged(granted) - granted : 0;
    }

    /** Whether executors are to be chosen that go: until then there is nothing to give. */
    boolean mustChoose() {
      return reclaim.filter(back -> live() > back.total()).isPresent();
    }

    /** How many more are wanted than so many. */
    int missing(int grant) {
      return mustChoose() ? 0 : Math.max(0, wanted - besides() - grant);
    }

    /** What one more than so many is charged: one that is still there costs nothing more. */
    Resources next(int grant) {
      return charged(grant + 1) > charged(grant) ? size : Resources.NONE;
    }

    /** How many stay when the next one is taken back: whoever goes already is not replaced. */
    int staysOneTakenBack() {
      int unreplaced = Math.min(granted, Math.max(live(), granted - leaving));
      return reclaim.isEmpty() && unreplaced < granted ? unreplaced : granted - 1;
    }

    private Ask allThere() {
      return new Ask(profile, size, wanted, granted, granted, 0, Math.min(idle, granted), reclaim);
    }

    Ask with(int grant, int pods, Optional<Reclaim> back) {
      return new Ask(profile, size, wanted, grant, pods, leaving, idle, back);
    }
  }

  /**
   * Executors that go.
   *
   * @param total how many stay
   * @param before when the others are ended
   */
  public record Reclaim(int total, Instant before) {

    /** Whether executors are still to go, or pods on their way. */
    public boolean goesOn(int live, int leaving) {
      return live > total || leaving > 0;
    }
  }
}
