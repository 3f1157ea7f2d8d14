package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.Memory;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkAppSpec;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkAppStatus.ExecutorCounts;
import io.sparkapp.operator.applicationmaster.Action.Severity;
import io.sparkapp.operator.resourcemanager.Admission;
import io.sparkapp.operator.resourcemanager.Allocation;
import io.sparkapp.operator.resourcemanager.ApplicationDemand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what is to be done for one application. The decision is a function of what was observed
 * and of what the ResourceManager allots; it may be taken again at any time, by another operator
 * too, and then wants only what is still missing.
 */
public final class ApplicationMaster {

  private final PodFactory pods;

  public ApplicationMaster(PodDefaults defaults) {
    this.pods = new PodFactory(defaults);
  }

  /** What the ResourceManager is to be asked for. */
  public ApplicationDemand demand(Observed observed) {
    SparkAppSpec spec = observed.app().getSpec();
    Memory heap = Memory.parse(spec.driver().memory());
    return new ApplicationDemand(
        observed.names().namespace(),
        observed.names().app(),
        spec.queue(),
        spec.driver().cores(),
        heap.plus(MemoryOverhead.of(heap, spec.driver().memoryOverhead())),
        spec.executor().instances(),
        observed.wanted().asks());
  }

  /** What is to be done now, and what the status says. */
  public Plan decide(Observed observed, Allocation allocation) {
    SparkAppStatus status = observed.status();
    if (observed.app().getMetadata().getDeletionTimestamp() != null) {
      return Plan.nothing(status);
    }
    if (status.phase() != null && status.phase().isTerminal()) {
      return new Plan(List.of(), status, cleanUp(observed), Optional.empty());
    }
    DriverState driver = DriverState.of(observed.driver(), observed.now());
    if (driver instanceof DriverState.Absent && !observed.driverRecorded()) {
      return admit(observed, allocation);
    }
    ExecutorLedger ledger =
        ExecutorLedger.of(observed.wanted(), observed.answered(), views(observed));
    if (driver instanceof DriverState.Absent) {
      return end(
          observed,
          ledger,
          false,
          DriverState.deleted(observed.names().driverPod()),
          Optional.empty());
    }
    if (driver instanceof DriverState.Ended ended) {
      return end(observed, ledger, ended.succeeded(), ended.sentence(), ended.exitCode());
    }
    return Hopeless.of(observed, driver, ledger)
        .map(why -> end(observed, ledger, false, why.sentence(), why.exitCode()))
        .orElseGet(() -> carryOn(observed, allocation, driver, ledger));
  }

  /** What follows when the API server will never take the pods as they are. */
  public Plan refused(Observed observed, String reason) {
    ExecutorLedger ledger =
        ExecutorLedger.of(observed.wanted(), observed.answered(), views(observed));
    return end(observed, ledger, false, reason, Optional.empty());
  }

  /** The status of an application that is held up from outside; it is tried again. */
  public SparkAppStatus held(SparkAppStatus before, String reason) {
    return new SparkAppStatus(
        before.phase() == null ? Phase.Waiting : before.phase(),
        reason,
        before.observedGeneration(),
        before.attempt(),
        before.applicationId(),
        before.driver(),
        before.executors(),
        before.progress(),
        before.conditions(),
        before.started(),
        before.ended());
  }

  private Plan admit(Observed observed, Allocation allocation) {
    StatusReport report = new StatusReport(observed);
    if (allocation.admission() instanceof Admission.Waiting waiting) {
      return new Plan(List.of(), report.waiting(waiting.reason()), List.of(), Optional.empty());
    }
    if (allocation.admission() instanceof Admission.Refused refused) {
      return refuse(report, refused.reason());
    }
    try {
      return start(observed, allocation, report);
    } catch (UnusableSpecException e) {
      return refuse(report, e.getMessage());
    }
  }

  private static Plan refuse(StatusReport report, String reason) {
    return new Plan(
        List.of(),
        report.ended(false, reason, Optional.empty(), null),
        List.of(new Action.Announce(Severity.Warning, "Failed", reason)),
        Optional.empty());
  }

  private Plan start(Observed observed, Allocation allocation, StatusReport report) {
    ExecutorLedger none =
        ExecutorLedger.of(observed.wanted(), observed.answered(), views(observed));
    ExecutorTarget target = ExecutorTarget.of(observed.wanted().asks(), allocation, none);
    List<Pod> executors =
        target.create().stream()
            .map(each -> pods.executor(observed, each, Optional.empty()))
            .toList();
    String message =
        "Created the driver and " + target.create().size() + " executors; they start together.";
    return new Plan(
        List.of(
            new Action.OpenAttempt(pods.request(observed), pods.secret(observed)),
            Answers.of(observed, allocation, none, target),
            // Nodes take pods in the order of their creation: executors without a driver are of no
            // use.
            new Action.CreatePods(List.of(pods.driver(observed))),
            new Action.CreatePods(executors)),
        report.starting(
            message, Optional.empty(), StatusReport.counts(observed, allocation.total(), none)),
        List.of(new Action.Announce(Severity.Normal, "Started", message)),
        Optional.empty());
  }

  private Plan carryOn(
      Observed observed, Allocation allocation, DriverState driver, ExecutorLedger ledger) {
    Optional<String> host =
        driver instanceof DriverState.Running running
            ? running.address()
            : ((DriverState.Pending) driver).address();
    Optional<String> address = host.map(ip -> DriverAddress.of(ip));
    ExecutorTarget target = ExecutorTarget.of(observed.wanted().asks(), allocation, ledger);
    List<Action> before = new ArrayList<>();
    Action.Answer answer = Answers.of(observed, allocation, ledger, target);
    if (!answer.status().equals(observed.answered())) {
      before.add(answer);
    }
    address.flatMap(known -> tellAddress(ledger, known)).ifPresent(before::add);
    if (!target.create().isEmpty()) {
      before.add(
          new Action.CreatePods(
              target.create().stream()
                  .map(each -> pods.executor(observed, each, address))
                  .toList()));
    }
    List<String> unwanted = new ArrayList<>(ledger.disposable());
    unwanted.addAll(target.cancel());
    if (!unwanted.isEmpty()) {
      before.add(new Action.DeletePods(unwanted, "ended, given back or not wanted any more"));
    }
    List<Action> after = new ArrayList<>();
    ledger.fresh().stream()
        .filter(ExecutorLedger::isFailure)
        .forEach(
            end -> after.add(new Action.Announce(Severity.Warning, "ExecutorLost", end.message())));
    SparkAppStatus status = report(observed, allocation, driver, host, ledger);
    if (status.phase() == Phase.Running && observed.status().phase() != Phase.Running) {
      after.add(
          new Action.Announce(
              Severity.Normal, "DriverRunning", "The driver runs at " + host.orElse("?") + "."));
    }
    return new Plan(before, status, after, Hopeless.lookAgain(observed, driver, ledger));
  }

  private SparkAppStatus report(
      Observed observed,
      Allocation allocation,
      DriverState driver,
      Optional<String> host,
      ExecutorLedger ledger) {
    StatusReport report = new StatusReport(observed);
    ExecutorCounts counts = StatusReport.counts(observed, allocation.total(), ledger);
    if (driver instanceof DriverState.Pending pending) {
      return report.starting(
          "The driver waits: " + pending.waiting().sentence() + ".", host, counts);
    }
    String doing =
        ExecutorsWaiting.sentence(ledger)
            .orElseGet(
                () ->
                    ProgressSentence.of(
                        Optional.ofNullable(observed.wanted()).map(ExecutorRequestSpec::progress)));
    return report.running(
        ledger.lastFailure().map(end -> doing + " " + end.message()).orElse(doing), host, counts);
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

  private Plan end(
      Observed observed,
      ExecutorLedger ledger,
      boolean succeeded,
      String sentence,
      Optional<Integer> exitCode) {
    ExecutorCounts counts = StatusReport.lastCounts(observed, ledger);
    SparkAppStatus status = new StatusReport(observed).ended(succeeded, sentence, exitCode, counts);
    // Before the status: once that says it has ended, nobody looks whether the event is there.
    Action said =
        new Action.Announce(
            succeeded ? Severity.Normal : Severity.Warning,
            succeeded ? "Succeeded" : "Failed",
            sentence);
    return new Plan(List.of(said), status, cleanUp(observed), Optional.empty());
  }

  /** The driver's pod stays for its log, unless it never ran and would only try again for ever. */
  private List<Action> cleanUp(Observed observed) {
    List<Action> actions = new ArrayList<>();
    boolean stuck =
        observed.driver().isPresent()
            && !new PodReading(observed.driver().get(), Names.DRIVER).ended()
            && !new PodReading(observed.driver().get(), Names.DRIVER).beingDeleted();
    if (stuck) {
      actions.add(
          new Action.DeletePods(
              List.of(observed.names().driverPod()), "the application has ended"));
    }
    boolean left = views(observed).stream().anyMatch(executor -> !executor.beingDeleted());
    if (left) {
      actions.add(new Action.DeletePodsWith(observed.names().executorSelector()));
    }
    if (observed.request().isPresent()) {
      actions.add(new Action.CloseAttempt(observed.names().applicationId()));
    }
    return actions;
  }

  private static List<ExecutorPodView> views(Observed observed) {
    return observed.executors().stream()
        .map(pod -> ExecutorPodView.of(pod, observed.now()))
        .toList();
  }
}
