package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.ExecutorRequestStatus;
import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import io.sparkapp.crds.PastAttempt;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Placement;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * All that a decision is made from.
 *
 * @param app the application
 * @param request the request of its current attempt
 * @param driver the driver's pod; when the application's status speaks of a driver, absence was
 *     confirmed by the API server itself, never by a cache alone
 * @param executors the executor pods of the current attempt
 * @param leaseRenewed when the driver last renewed its Lease; empty when it has none, as one with a
 *     pod
 * @param now the time
 */
public record Observed(
    SparkApp app,
    Optional<ExecutorRequest> request,
    Optional<Pod> driver,
    List<Pod> executors,
    Optional<Instant> leaseRenewed,
    Instant now) {

  private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

  public Observed {
    executors = List.copyOf(executors);
  }

  /** What is observed of an application whose driver has a pod. */
  public Observed(
      SparkApp app,
      Optional<ExecutorRequest> request,
      Optional<Pod> driver,
      List<Pod> executors,
      Instant now) {
    this(app, request, driver, executors, Optional.empty(), now);
  }

  public SparkAppStatus status() {
    return app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
  }

  /** Earlier attempts, the oldest first. */
  public List<PastAttempt> history() {
    return status().history() == null ? List.of() : status().history();
  }

  public int attempt() {
    return status().attempt() == null ? 1 : status().attempt();
  }

  public Names names() {
    return Names.of(app, attempt());
  }

  /** Whether the driver is a process of the user's own. */
  public boolean inClientPlacement() {
    return app.getSpec().placement() == Placement.Client;
  }

  /** Whether an earlier decision created the driver of this attempt, or began it for its driver. */
  public boolean driverRecorded() {
    return inClientPlacement()
        ? status().attemptStarted() != null
        : status().driver() != null && status().driver().pod() != null;
  }

  /** Whether the driver of this attempt was ever made or begun for, recorded or not. */
  public boolean attemptBegun() {
    return driverRecorded() || (inClientPlacement() ? request.isPresent() : driver.isPresent());
  }

  /**
   * Whether nothing was made for the application yet, as far as its status and its request tell:
   * the request is the first object that is.
   */
  public boolean untouched() {
    return attempt() == 1
        && !driverRecorded()
        && request.isEmpty()
        && !hasEnded()
        && !pauses()
        && !beingDeleted();
  }

  /**
   * Whether the ResourceManager has admitted this attempt, as far as was written down: the answer
   * to the request is the first that is, before any pod.
   */
  public boolean admitted() {
    return attemptBegun() || !answered().granted().isEmpty();
  }

  /**
   * Whether its status and its request alone tell what it holds at most, which is what was granted:
   * no executor was ever made beyond these, its driver wants them all, and none of them is to go.
   */
  public boolean holdsWhatWasGranted() {
    List<Grant> granted = answered().granted();
    int executors = granted.stream().mapToInt(Grant::total).sum();
    boolean recorded = request.isPresent() ? admitted() : !driverRecorded();
    return hasEnded()
        || pauses()
        || recorded
            && granted.size() <= 1
            && granted.stream().allMatch(this::isWanted)
            && answered().lastExecutorId() <= executors
            && answered().reclaim().isEmpty();
  }

  private boolean isWanted(Grant grant) {
    return wanted().asks().stream()
        .anyMatch(ask -> ask.profile() == grant.profile() && ask.total() >= grant.total());
  }

  /** Whether an attempt is under way whose driver ought to exist. */
  public boolean driverMustBeThere() {
    return !inClientPlacement() && requestMustBeThere();
  }

  /** Whether the application is over. */
  boolean hasEnded() {
    return status().phase() != null && status().phase().isTerminal();
  }

  /** Whether the last attempt is over and no other one has begun. */
  boolean pauses() {
    return status().phase() == Phase.Restarting || status().phase() == Phase.Suspended;
  }

  boolean beingDeleted() {
    return app.getMetadata().getDeletionTimestamp() != null;
  }

  /** Whether an attempt is under way whose request ought to exist. */
  public boolean requestMustBeThere() {
    return driverRecorded() && !hasEnded();
  }

  /** Whether a driver outside has been silent for so long that it may be lost. */
  public boolean driverIsSilent() {
    return !hasEnded() && ClientDriver.doubt(this).filter(then -> !now.isBefore(then)).isPresent();
  }

  /** For how long silence has to be seen until it is believed. */
  public Duration silenceToSee() {
    return ClientDriver.graceOf(app.getSpec().client());
  }

  /** The same with the request as it is now. */
  public Observed withRequest(Optional<ExecutorRequest> latest) {
    return new Observed(app, latest, driver, executors, leaseRenewed, now);
  }

  /** The same with another last sign of life. */
  public Observed withLeaseRenewed(Instant sign) {
    return new Observed(app, request, driver, executors, Optional.of(sign), now);
  }

  /**
   * What the driver asks for; before it ever asked, what the application's spec says, which is
   * nothing when that can not be read: the demand says so.
   */
  public ExecutorRequestSpec wanted() {
    return request
        .map(ExecutorRequest::getSpec)
        .orElseGet(() -> ExecutorRequestSpec.asking(initialAsks()));
  }

  private List<ExecutorRequestSpec.Ask> initialAsks() {
    try {
      return List.of(InitialAsk.of(app.getSpec()));
    } catch (UnusableSpecException e) {
      return List.of();
    }
  }

  /**
   * How much longer a driver that stops is left alone: it reads no answer, its executors end by
   * themselves, and it is about to end too. One that goes on without Spark is looked after again,
   * and so is one whose clock is far from ours, or that writes no time.
   */
  Optional<Duration> leftAlone() {
    return Optional.ofNullable(wanted().stopping())
        .flatMap(Observed::time)
        .map(since -> Duration.between(since, now))
        .filter(age -> age.abs().compareTo(STOPS_WITHIN) < 0)
        .map(STOPS_WITHIN::minus);
  }

  private static Optional<Instant> time(String written) {
    try {
      return Optional.of(Instant.parse(written));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Whether the driver has told of an executor that came in, or of a task that one has run. */
  boolean executorsCameIn() {
    Optional<Progress> progress =
        request.map(ExecutorRequest::getSpec).map(ExecutorRequestSpec::progress);
    return progress.map(Progress::executors).filter(each -> each.registered() > 0).isPresent()
        || progress.map(Progress::tasks).filter(each -> each.done() > 0).isPresent();
  }

  public ExecutorRequestStatus answered() {
    return request.map(ExecutorRequest::answered).orElse(ExecutorRequestStatus.NONE);
  }
}
