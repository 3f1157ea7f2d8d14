package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.ExecutorRequestStatus.Ended;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkAppStatus.ExecutorCounts;
import io.sparkapp.operator.resourcemanager.Allocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An attempt whose driver was made: it gets the executors that it wants and that are granted. */
final class AttemptUpkeep {

  private final PodFactory pods;
  private final Observed observed;
  private final DriverState driver;
  private final Allocation allocation;
  private final ExecutorLedger ledger;
  private final ExcludedNodes excluded;

  AttemptUpkeep(PodFactory pods, Attempt attempt, Allocation allocation) {
    this.pods = pods;
    this.observed = attempt.observed();
    this.driver = attempt.driver();
    this.allocation = allocation;
    this.ledger = TakenBack.from(attempt.ledger(), allocation, observed);
    this.excluded = ExcludedNodes.of(observed, ExecutorFailures.of(observed, ledger).recent());
  }

  Plan plan() {
    Optional<String> host = driver.whereabouts();
    Optional<String> address = observed.inClientPlacement() ? host : host.map(DriverAddress::of);
    ExecutorTarget target = ExecutorTarget.of(observed.wanted().asks(), allocation, ledger);
    // Nobody reads an answer while the driver stops, and its executors' pods go all at once.
    boolean answers = observed.leftAlone().isEmpty();
    List<Action> before = new ArrayList<>();
    if (answers) {
      // What is told as new is new until it is answered: so the events come before the answer.
      before.addAll(news());
      Action.Answer answer = Answers.of(observed, allocation, ledger, target);
      if (!answer.status().equals(observed.answered())) {
        before.add(answer);
      }
    }
    address.flatMap(this::tellAddress).ifPresent(before::add);
    if (!target.create().isEmpty()) {
      LocalClaims claims = LocalClaims.of(observed, target.create());
      before.addAll(claims.create(observed));
      List<Pod> executors = pods.executors(observed, target.create(), excluded, claims, address);
      before.add(new Action.CreatePods(BatchScheduling.more(observed, executors)));
    }
    List<String> unwanted = new ArrayList<>(answers ? ledger.disposable() : List.of());
    unwanted.addAll(target.cancel());
    if (!unwanted.isEmpty()) {
      before.add(new Action.DeletePods(unwanted, "ended, given back or not wanted any more"));
    }
    SparkAppStatus status = report(host);
    return new Plan(before, status, List.of(), lookAgain(status));
  }

  private List<Action> news() {
    List<Action> news = new ArrayList<>(Losses.told(ledger));
    news.addAll(
        excluded.news(
            ExcludedNodes.of(observed, observed.answered().failures()), observed.app().getSpec()));
    if (!observed.driverRecorded()) {
      // Created by an operator that came no further.
      news.add(AttemptStart.announced(observed, allocation));
    }
    QueueEvents.moved(observed, allocation).ifPresent(news::add);
    QueueEvents.reclaimed(observed, allocation, ledger).ifPresent(news::add);
    return news;
  }

  private Optional<Duration> lookAgain(SparkAppStatus status) {
    return Stream.of(
            Hopeless.lookAgain(observed, status, driver, ledger),
            observed.leftAlone(),
            TakenBack.lookAgain(allocation, observed.now()))
        .flatMap(Optional::stream)
        .min(Duration::compareTo);
  }

  private SparkAppStatus report(Optional<String> host) {
    StatusReport report = new StatusReport(observed, allocation);
    ExecutorCounts counts =
        StatusReport.counts(observed, Answers.granted(observed, allocation), ledger);
    if (driver instanceof DriverState.Pending pending) {
      return report.starting(
          "The driver waits: " + pending.waiting().sentence() + ".", host, counts);
    }
    String doing = ProgressSentence.of(observed, ExecutorsWaiting.sentence(ledger, excluded));
    String told =
        Stream.of(
                Optional.of(doing),
                Optional.of(allocation.message()).filter(message -> !message.isBlank()),
                ExecutorsWaiting.stuck(ledger, observed.now()),
                ledger.lastFailure().map(Ended::message))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return report.running(told, host, counts);
  }

  private Optional<Action> tellAddress(String address) {
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
}
