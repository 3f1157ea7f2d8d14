package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.operator.resourcemanager.Allocation;
import io.sparkapp.operator.resourcemanager.ApplicationDemand;
import io.sparkapp.operator.resourcemanager.ResourceManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides what is to be done for one application. The decision is a function of what was observed
 * and of what the ResourceManager allots; it may be taken again at any time, by another operator
 * too, and then wants only what is still missing.
 */
public final class ApplicationMaster {

  /** ConfigMaps and Secrets are not watched: there may be many, of others. */
  private static final Duration LOOK_FOR_MISSING = Duration.ofSeconds(5);

  private static final String REFERENCE_MISSING = "ReferenceMissing";

  private final PodFactory pods;

  public ApplicationMaster(PodDefaults defaults) {
    this.pods = new PodFactory(defaults);
  }

  /**
   * What the ResourceManager is to be asked for.
   *
   * @param priority the value of the application's PriorityClass
   * @throws UnusableSpecException when no pod can be made of the spec
   */
  public ApplicationDemand demand(Observed observed, int priority) {
    return new Demands(Attempt.of(observed)).demand(priority);
  }

  /**
   * The demand of an application as the last operator left it; empty when it is in no queue. One
   * that was admitted is told of though its driver seems to be gone: a cache may lag.
   */
  public Optional<ApplicationDemand> reported(Observed observed, int priority) {
    Attempt attempt = Attempt.of(observed);
    boolean over = observed.beingDeleted() || observed.hasEnded() || observed.pauses();
    boolean out = waits(observed.status(), REFERENCE_MISSING) || withoutQueue(attempt).isPresent();
    if (over || !observed.admitted() && out) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Demands(attempt).demand(priority));
    } catch (UnusableSpecException e) {
      // Its own decision will say so, and end it. Until then nobody else may have what it holds.
      return Optional.of(attempt)
          .filter(it -> observed.admitted())
          .map(it -> new Demands(it).holding(priority));
    }
  }

  /**
   * What is to be done now, and what the status says.
   *
   * @param priority the value of the application's PriorityClass
   * @param resourceManager is asked if the application is to have, or to keep, anything
   * @param missing is asked before the application stands in line: while something is missing that
   *     its pods refer to, it wants nothing
   */
  public Plan decide(
      Observed observed, int priority, ResourceManager resourceManager, MissingReferences missing) {
    Attempt attempt = Attempt.of(observed);
    return withoutQueue(attempt)
        .orElseGet(() -> inQueue(attempt, priority, resourceManager, missing));
  }

  /**
   * Whether an application waits in a queue or holds something of one.
   *
   * @param status as it was written
   */
  public static boolean isInQueue(SparkAppStatus status) {
    return status.phase() == Phase.Starting
        || status.phase() == Phase.Running
        || waits(status, StatusReport.IN_LINE);
  }

  private static boolean waits(SparkAppStatus status, String why) {
    return status.phase() == Phase.Waiting
        && Conditions.find(status.conditions(), Conditions.ADMITTED)
            .filter(condition -> why.equals(condition.getReason()))
            .isPresent();
  }

  /** One that ended or ends now, pauses, or has no driver yet, has nothing to ask for. */
  private static Optional<Plan> withoutQueue(Attempt attempt) {
    Observed observed = attempt.observed();
    if (observed.beingDeleted()) {
      return Optional.of(Plan.nothing(observed.status()));
    }
    Closing closing = new Closing(attempt);
    if (observed.hasEnded()) {
      return Optional.of(closing.afterEnd());
    }
    if (observed.pauses()) {
      return Optional.of(closing.betweenAttempts());
    }
    return closing.stop().or(() -> withoutDriver(observed, attempt.driver()));
  }

  private static Optional<Plan> withoutDriver(Observed observed, DriverState driver) {
    if (!(driver instanceof DriverState.Absent)
        || !observed.inClientPlacement()
        || observed.app().getSpec().client() != null) {
      return Optional.empty();
    }
    String sentence =
        "Waits for its driver: start Spark with master sparkapp://%s/%s."
            .formatted(observed.names().namespace(), observed.names().app());
    SparkAppStatus status = new StatusReport(observed).notAdmitted("NoDriver", sentence);
    return Optional.of(AttemptStart.waiting(observed, status));
  }

  private Plan inQueue(
      Attempt attempt, int priority, ResourceManager resourceManager, MissingReferences missing) {
    Observed observed = attempt.observed();
    try {
      ApplicationDemand demand = new Demands(attempt).demand(priority);
      List<Reference> looked = List.of();
      if (!observed.admitted() && !isInQueue(observed.status())) {
        looked = Prerequisites.of(pods, observed);
        List<Reference> gaps =
            looked.isEmpty() ? List.of() : missing.among(observed.names().namespace(), looked);
        if (!gaps.isEmpty()) {
          return waitsFor(observed, gaps);
        }
      }
      Allocation allocation = resourceManager.allocate(demand);
      return attempt.driver() instanceof DriverState.Absent
          ? new AttemptStart(pods, attempt, allocation, looked).plan()
          : new AttemptUpkeep(pods, attempt, allocation).plan();
    } catch (UnusableSpecException e) {
      return refused(attempt, e.getMessage());
    }
  }

  /** What follows when the queue or the API server will never take the application as it is. */
  public Plan refused(Observed observed, String reason) {
    return refused(Attempt.of(observed), reason);
  }

  private static Plan refused(Attempt attempt, String reason) {
    return new Closing(attempt).end(Ending.forGood(reason));
  }

  /** What follows when something that its pods refer to is not there yet. */
  public Plan waitsFor(Observed observed, List<Reference> missing) {
    String sentence =
        missing.stream().map(Reference::sentence).collect(Collectors.joining(" and "))
            + (missing.size() == 1 ? " is" : " are")
            + " not there in namespace "
            + observed.names().namespace()
            + ": the application starts as soon as "
            + (missing.size() == 1 ? "it is." : "they are.");
    // Its event was written before the status was.
    boolean told = sentence.equals(observed.status().message());
    return new Plan(
        told ? List.of() : List.of(new Action.Announce(EventReason.ReferenceMissing, sentence)),
        new StatusReport(observed).notAdmitted(REFERENCE_MISSING, sentence),
        List.of(),
        Optional.of(LOOK_FOR_MISSING));
  }

  /** The status of an application that is held up from outside; it is tried again. */
  public SparkAppStatus held(SparkAppStatus before, String reason) {
    StatusDraft draft = new StatusDraft(before);
    draft.phase = before.phase() == null ? Phase.Waiting : before.phase();
    draft.message = reason;
    return draft.withSameConditions();
  }

  /** The events of one attempt must not look like those of another. */
  static String ofAttempt(Observed observed, String sentence) {
    return observed.attempt() == 1 ? sentence : "Attempt " + observed.attempt() + ": " + sentence;
  }
}
