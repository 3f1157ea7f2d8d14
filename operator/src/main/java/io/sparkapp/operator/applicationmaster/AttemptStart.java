package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.ExecutorRequestSpec.Opening;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.operator.resourcemanager.Admission;
import io.sparkapp.operator.resourcemanager.Allocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An attempt whose driver was not made yet: it waits in its queue, or starts. */
final class AttemptStart {

  private final PodFactory pods;
  private final Attempt attempt;
  private final Observed observed;
  private final Allocation allocation;

  /** Of executors there are none but what an operator that was killed has left. */
  private final ExecutorLedger none;

  private final List<Reference> found;

  private final StatusReport report;

  /**
   * @param found what pods refer to and was just seen to be there
   */
  AttemptStart(PodFactory pods, Attempt attempt, Allocation allocation, List<Reference> found) {
    this.found = found;
    this.pods = pods;
    this.attempt = attempt;
    this.observed = attempt.observed();
    this.allocation = allocation;
    this.none = attempt.ledger();
    this.report = new StatusReport(observed, allocation);
  }

  Plan plan() {
    Admission admission = allocation.admission();
    if (admission instanceof Admission.Waiting waiting) {
      return waiting(observed, report.waiting(waiting.reason()));
    }
    if (admission instanceof Admission.Refused refused) {
      return refused(refused.reason());
    }
    return start();
  }

  /** It can not start yet; only its own limits may end it. */
  static Plan waiting(Observed observed, SparkAppStatus status) {
    ExecutorLedger none = ExecutorLedger.of(observed.wanted(), observed.answered(), List.of());
    return new Plan(
        List.of(),
        status,
        List.of(),
        Hopeless.lookAgain(observed, status, new DriverState.Absent(), none));
  }

  private Plan refused(String reason) {
    Plan end = new Closing(attempt).end(Ending.forGood(reason));
    List<Action> before = new ArrayList<>();
    before.add(new Action.Announce(EventReason.QueueRefused, reason));
    before.addAll(end.before());
    return new Plan(before, end.status(), end.after(), end.lookAgain());
  }

  private Plan start() {
    ExecutorTarget target = ExecutorTarget.of(observed.wanted().asks(), allocation, none);
    ExcludedNodes excluded = ExcludedNodes.of(observed, List.of());
    LocalClaims claims = LocalClaims.of(observed, target.create());
    Optional<String> known =
        Optional.ofNullable(observed.app().getSpec().client()).map(ClientDriver::address);
    List<Pod> executors = pods.executors(observed, target.create(), excluded, claims, known);
    List<Pod> driver = observed.inClientPlacement() ? List.of() : List.of(pods.driver(observed));
    BatchScheduling.Start gang = BatchScheduling.start(observed, driver, executors);
    List<Action> before = new ArrayList<>(required(driver, executors));
    before.addAll(oldDriver());
    QueueEvents.admitted(observed, allocation).ifPresent(before::add);
    before.addAll(open(Answers.of(observed, allocation, none, target)));
    before.addAll(gang.before());
    if (!driver.isEmpty()) {
      // Nodes take pods in the order of their creation: executors without a driver are of no use.
      before.add(new Action.CreatePods(gang.driver()));
    }
    before.addAll(claims.create(observed));
    before.add(new Action.CreatePods(gang.executors()));
    before.add(announced(observed, allocation));
    SparkAppStatus status =
        report.starting(
            created(observed, allocation),
            Optional.empty(),
            StatusReport.counts(observed, Answers.granted(observed, allocation), none));
    DriverState pending =
        new DriverState.Pending(PodReading.Waiting.patiently("it was just made"), Optional.empty());
    return new Plan(before, status, List.of(), Hopeless.lookAgain(observed, status, pending, none));
  }

  /** The first answer goes with the request that is created, if that can say all of it. */
  private List<Action> open(Action.Answer answer) {
    Optional<Opening> opening =
        observed.request().isEmpty() ? Opening.of(answer.status()) : Optional.empty();
    Action open = new Action.OpenAttempt(pods.request(observed, opening), pods.secret(observed));
    return opening.isPresent() || answer.status().equals(observed.answered())
        ? List.of(open)
        : List.of(open, answer);
  }

  /** One executor stands for all: they differ in nothing else than their names. */
  private List<Action> required(List<Pod> driver, List<Pod> executors) {
    List<Pod> kinds = Stream.concat(driver.stream(), executors.stream().limit(1)).toList();
    List<Reference> references =
        Prerequisites.of(observed, kinds).stream().filter(each -> !found.contains(each)).toList();
    return references.isEmpty() ? List.of() : List.of(new Action.Require(references));
  }

  /** The event that an attempt has started. */
  static Action announced(Observed observed, Allocation allocation) {
    return new Action.Announce(
        EventReason.Started, ApplicationMaster.ofAttempt(observed, created(observed, allocation)));
  }

  private static String created(Observed observed, Allocation allocation) {
    int executors = Answers.granted(observed, allocation);
    return observed.inClientPlacement()
        ? "Created %d executors for the driver at %s."
            .formatted(executors, ClientDriver.address(observed.app().getSpec().client()))
        : "Created the driver and " + executors + " executors; they start together.";
  }

  /** The driver's pod of the last attempt stays for its log, older ones go. */
  private List<Action> oldDriver() {
    if (observed.attempt() <= 2) {
      return List.of();
    }
    String old = Names.of(observed.app(), observed.attempt() - 2).driverPod();
    return List.of(new Action.DeletePods(List.of(old), "it is not of the last two attempts"));
  }
}
