package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.ExecutorRequestStatus.Ended;
import io.sparkapp.crds.Memory;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkAppSpec;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkAppStatus.ExecutorCounts;
import io.sparkapp.operator.applicationmaster.Action.Severity;
import io.sparkapp.operator.resourcemanager.Admission;
import io.sparkapp.operator.resourcemanager.Allocation;
import io.sparkapp.operator.resourcemanager.ApplicationDemand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what is to be done for one application. The decision is a function of what was observed
 * and of what the ResourceManager allots; it may be taken again at any time, by another operator
 * too, and then wants only what is still missing.
 */
public final class ApplicationMaster {

  /** ConfigMaps and Secrets are not watched: there may be many, of others. */
  private static final Duration LOOK_FOR_MISSING = Duration.ofSeconds(5);

  private final PodFactory pods;

  public ApplicationMaster(PodDefaults defaults) {
    this.pods = new PodFactory(defaults);
  }

  /** What the ResourceManager is to be asked for. */
  public ApplicationDemand demand(Observed observed) {
    SparkAppSpec spec = observed.app().getSpec();
    boolean pod = !observed.inClientPlacement();
    Memory heap = Memory.parse(spec.driver().memory());
    return new ApplicationDemand(
        observed.names().namespace(),
        observed.names().app(),
        spec.queue(),
        pod ? spec.driver().cores() : 0,
        pod ? heap.plus(MemoryOverhead.ofDriver(spec)) : Memory.ofMebibytes(0),
        spec.executor().fewest(),
        observed.wanted().asks());
  }

  /** What is to be done now, and what the status says. */
  public Plan decide(Observed observed, Allocation allocation) {
    SparkAppStatus status = observed.status();
    if (observed.app().getMetadata().getDeletionTimestamp() != null) {
      return Plan.nothing(status);
    }
    ExecutorLedger ledger = ledger(observed);
    Closing closing = new Closing(observed, ledger);
    if (status.phase() != null && status.phase().isTerminal()) {
      return closing.afterEnd();
    }
    if (status.phase() == Phase.Restarting || status.phase() == Phase.Suspended) {
      return closing.betweenAttempts();
    }
    DriverState driver = DriverState.of(observed);
    Optional<Plan> stop = closing.stop(driver);
    if (stop.isPresent()) {
      return stop.get();
    }
    try {
      return driver instanceof DriverState.Absent
          ? admit(observed, allocation, ledger)
          : carryOn(observed, allocation, driver, ledger);
    } catch (UnusableSpecException e) {
      return refused(observed, e.getMessage());
    }
  }

  /** What follows when the queue or the API server will never take the application as it is. */
  public Plan refused(Observed observed, String reason) {
    return new Closing(observed, ledger(observed)).end(Ending.forGood(reason));
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
    return new Plan(
        List.of(new Action.Announce(Severity.Warning, "ReferenceMissing", sentence)),
        new StatusReport(observed).notAdmitted("ReferenceMissing", sentence),
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

  private Plan admit(Observed observed, Allocation allocation, ExecutorLedger none) {
    StatusReport report = new StatusReport(observed);
    if (observed.inClientPlacement() && observed.app().getSpec().client() == null) {
      return waiting(observed, report.notAdmitted("NoDriver", noDriver(observed)), none);
    }
    if (allocation.admission() instanceof Admission.Waiting waiting) {
      return waiting(observed, report.waiting(waiting.reason()), none);
    }
    if (allocation.admission() instanceof Admission.Refused refused) {
      return refused(observed, refused.reason());
    }
    return start(observed, allocation, none, report);
  }

  private static Plan waiting(Observed observed, SparkAppStatus status, ExecutorLedger none) {
    return new Plan(
        List.of(),
        status,
        List.of(),
        Hopeless.lookAgain(observed, status, new DriverState.Absent(), none));
  }

  private static String noDriver(Observed observed) {
    return "Waits for its driver: start Spark with master sparkapp://%s/%s."
        .formatted(observed.names().namespace(), observed.names().app());
  }

  private Plan start(
      Observed observed, Allocation allocation, ExecutorLedger none, StatusReport report) {
    ExecutorTarget target = ExecutorTarget.of(observed.wanted().asks(), allocation, none);
    ExcludedNodes excluded = ExcludedNodes.of(observed, List.of());
    LocalClaims claims = LocalClaims.of(observed, target.create());
    Optional<String> known =
        Optional.ofNullable(observed.app().getSpec().client()).map(ClientDriver::address);
    List<Pod> executors =
        target.create().stream()
            .map(each -> pods.executor(observed, each, excluded, claims, known))
            .toList();
    List<Pod> driver = observed.inClientPlacement() ? List.of() : List.of(pods.driver(observed));
    String message = created(observed, allocation);
    List<Action> before = new ArrayList<>(required(observed, driver, executors));
    before.addAll(oldDriver(observed));
    before.add(new Action.OpenAttempt(pods.request(observed), pods.secret(observed)));
    before.add(Answers.of(observed, allocation, none, target));
    if (!driver.isEmpty()) {
      // Nodes take pods in the order of their creation: executors without a driver are of no use.
      before.add(new Action.CreatePods(driver));
    }
    before.addAll(claims.create(observed));
    before.add(new Action.CreatePods(executors));
    before.add(announceStart(observed, allocation));
    SparkAppStatus status =
        report.starting(
            message, Optional.empty(), StatusReport.counts(observed, allocation.total(), none));
    DriverState pending =
        new DriverState.Pending(PodReading.Waiting.patiently("it was just made"), Optional.empty());
    return new Plan(before, status, List.of(), Hopeless.lookAgain(observed, status, pending, none));
  }

  /** One executor stands for all: they differ in nothing else than their names. */
  private static List<Action> required(Observed observed, List<Pod> driver, List<Pod> executors) {
    List<Pod> kinds = Stream.concat(driver.stream(), executors.stream().limit(1)).toList();
    List<Reference> references = Reference.of(kinds, observed.names().applicationId());
    return references.isEmpty() ? List.of() : List.of(new Action.Require(references));
  }

  private static String created(Observed observed, Allocation allocation) {
    return observed.inClientPlacement()
        ? "Created %d executors for the driver at %s."
            .formatted(allocation.total(), ClientDriver.address(observed.app().getSpec().client()))
        : "Created the driver and " + allocation.total() + " executors; they start together.";
  }

  private static Action announceStart(Observed observed, Allocation allocation) {
    return new Action.Announce(
        Severity.Normal, "Started", ofAttempt(observed, created(observed, allocation)));
  }

  /** Events of one attempt must not look like those of another. */
  private static String ofAttempt(Observed observed, String sentence) {
    return observed.attempt() == 1 ? sentence : "Attempt " + observed.attempt() + ": " + sentence;
  }

  /** The driver's pod of the last attempt stays for its log, older ones go. */
  private static List<Action> oldDriver(Observed observed) {
    if (observed.attempt() <= 2) {
      return List.of();
    }
    String old = Names.of(observed.app(), observed.attempt() - 2).driverPod();
    return List.of(new Action.DeletePods(List.of(old), "it is not of the last two attempts"));
  }

  private Plan carryOn(
      Observed observed, Allocation allocation, DriverState driver, ExecutorLedger ledger) {
    Optional<String> host = driver.whereabouts();
    Optional<String> address = observed.inClientPlacement() ? host : host.map(DriverAddress::of);
    ExecutorTarget target = ExecutorTarget.of(observed.wanted().asks(), allocation, ledger);
    // What is told as new is new until it is answered: so the events come before the answer.
    List<Action> before = new ArrayList<>(Losses.told(ledger));
    ExcludedNodes excluded =
        ExcludedNodes.of(observed, ExecutorFailures.of(observed, ledger).recent());
    before.addAll(
        excluded.news(
            ExcludedNodes.of(observed, observed.answered().failures()), observed.app().getSpec()));
    if (!observed.driverRecorded()) {
      // Created by an operator that came no further.
      before.add(announceStart(observed, allocation));
    }
    Action.Answer answer = Answers.of(observed, allocation, ledger, target);
    if (!answer.status().equals(observed.answered())) {
      before.add(answer);
    }
    address.flatMap(known -> tellAddress(ledger, known)).ifPresent(before::add);
    if (!target.create().isEmpty()) {
      LocalClaims claims = LocalClaims.of(observed, target.create());
      before.addAll(claims.create(observed));
      before.add(
          new Action.CreatePods(
              target.create().stream()
                  .map(each -> pods.executor(observed, each, excluded, claims, address))
                  .toList()));
    }
    List<String> unwanted = new ArrayList<>(ledger.disposable());
    unwanted.addAll(target.cancel());
    if (!unwanted.isEmpty()) {
      before.add(new Action.DeletePods(unwanted, "ended, given back or not wanted any more"));
    }
    SparkAppStatus status = report(observed, allocation, driver, host, ledger, excluded);
    if (status.phase() == Phase.Running && observed.status().phase() != Phase.Running) {
      before.add(
          new Action.Announce(
              Severity.Normal,
              "DriverRunning",
              ofAttempt(observed, "The driver runs at " + host.orElse("?") + ".")));
    }
    return new Plan(
        before, status, List.of(), Hopeless.lookAgain(observed, status, driver, ledger));
  }

  private SparkAppStatus report(
      Observed observed,
      Allocation allocation,
      DriverState driver,
      Optional<String> host,
      ExecutorLedger ledger,
      ExcludedNodes excluded) {
    StatusReport report = new StatusReport(observed);
    ExecutorCounts counts = StatusReport.counts(observed, allocation.total(), ledger);
    if (driver instanceof DriverState.Pending pending) {
      return report.starting(
          "The driver waits: " + pending.waiting().sentence() + ".", host, counts);
    }
    String doing = ProgressSentence.of(observed, ExecutorsWaiting.sentence(ledger, excluded));
    String told =
        Stream.of(
                Optional.of(doing),
                ExecutorsWaiting.stuck(ledger, observed.now()),
                ledger.lastFailure().map(Ended::message))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return report.running(told, host, counts);
  }

  private static Optional<Action> tellAddress(ExecutorLedger ledger, String address) {
    List<String> untold =
        ledger.live().stream()
            .filter(executor -> !executor.driverAddress().equals(Optional.of(address)))
            .map(ExecutorPodView::pod)
            .sorted()
            .toList();
    return untold.isEmpty()
        ? Optional.empty()
        : Optional.of(new Action.TellDriverAddress(untold, address));
  }

  private static ExecutorLedger ledger(Observed observed) {
    return ExecutorLedger.of(
        observed.wanted(), observed.answered(), ExecutorPodView.allOf(observed));
  }
}
