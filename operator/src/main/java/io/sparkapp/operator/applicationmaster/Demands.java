package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkAppSpec;
import io.sparkapp.operator.resourcemanager.ApplicationDemand;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Reclaim;
import io.sparkapp.operator.resourcemanager.ApplicationId;
import io.sparkapp.operator.resourcemanager.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Composes what the ResourceManager is asked for, and what it is told that there is. */
final class Demands {

  private final Observed observed;
  private final ExecutorLedger ledger;
  private final SparkAppSpec spec;
  private final Map<Integer, ExecutorRequestSpec.Ask> asks;

  Demands(Attempt attempt) {
    this.observed = attempt.observed();
    this.ledger = attempt.ledger();
    this.spec = observed.app().getSpec();
    this.asks =
        observed.wanted().asks().stream()
            .collect(
                Collectors.toMap(
                    ExecutorRequestSpec.Ask::profile,
                    Function.identity(),
                    (one, other) -> other,
                    TreeMap::new));
  }

  /**
   * The demand.
   *
   * @param priority of the application's PriorityClass
   * @throws UnusableSpecException when no pod could be made of the spec: it need not wait to hear
   *     that
   */
  ApplicationDemand demand(int priority) {
    boolean admitted = observed.admitted();
    if (!admitted) {
      TemplateRules.checkAll(spec);
      PodRequests.ofExecutor(spec, InitialAsk.of(spec));
    }
    return demand(
        priority,
        observed.inClientPlacement() ? Resources.NONE : PodRequests.ofDriver(spec),
        executors());
  }

  /**
   * What it holds and no more, of an application that was admitted and can not be read any more: it
   * is the pods that count, and what was granted.
   *
   * @param priority of the application's PriorityClass
   */
  ApplicationDemand holding(int priority) {
    Resources driver =
        observed.inClientPlacement()
            ? Resources.NONE
            : orNothing(
                () ->
                    observed
                        .driver()
                        .map(PodRequests::of)
                        .orElseGet(() -> PodRequests.ofDriver(spec)));
    Map<Integer, Integer> granted = granted();
    TreeSet<Integer> profiles = new TreeSet<>(granted.keySet());
    ledger.held().forEach(executor -> profiles.add(executor.profile()));
    List<Ask> executors = new ArrayList<>();
    for (int profile : profiles) {
      int held = ledger.heldOf(profile);
      int noted = granted.getOrDefault(profile, 0);
      Resources size = orNothing(() -> sizeOfPod(profile).orElseGet(() -> size(profile)));
      executors.add(
          new Ask(
              profile,
              size,
              Math.max(noted, held),
              noted,
              held,
              ledger.leaving(profile),
              0,
              reclaim(profile)));
    }
    return demand(priority, driver, executors);
  }

  /** What can not be read and has no pod can not hold anything either. */
  private static Resources orNothing(Supplier<Resources> amount) {
    try {
      return amount.get();
    } catch (UnusableSpecException e) {
      return Resources.NONE;
    }
  }

  private ApplicationDemand demand(int priority, Resources driver, List<Ask> executors) {
    boolean admitted = observed.admitted();
    return new ApplicationDemand(
        new ApplicationId(observed.names().namespace(), observed.names().app()),
        spec.queue(),
        Optional.ofNullable(observed.status().queue()).filter(queue -> admitted),
        Optional.ofNullable(spec.user()),
        priority,
        Instant.parse(observed.app().getMetadata().getCreationTimestamp()),
        driver,
        spec.executor().fewest(),
        executors,
        admitted);
  }

  private Map<Integer, Integer> granted() {
    return observed.answered().granted().stream()
        .collect(Collectors.toMap(Grant::profile, Grant::total));
  }

  private List<Ask> executors() {
    Map<Integer, Integer> granted = granted();
    TreeSet<Integer> profiles = new TreeSet<>(asks.keySet());
    profiles.addAll(granted.keySet());
    ledger.held().forEach(executor -> profiles.add(executor.profile()));
    int idle = idle();
    List<Ask> executors = new ArrayList<>();
    for (int profile : profiles) {
      int held = ledger.heldOf(profile);
      int wanted = asks.containsKey(profile) ? asks.get(profile).total() : 0;
      int noted = granted.getOrDefault(profile, 0);
      Optional<Reclaim> reclaim = reclaim(profile);
      if (profile != 0 && wanted + held + noted == 0 && reclaim.isEmpty()) {
        continue;
      }
      int idleOfIt = Math.min(idle, held);
      idle -= idleOfIt;
      executors.add(
          new Ask(
              profile,
              size(profile),
              wanted == 0 ? 0 : wanted + ledger.leaving(profile),
              noted,
              held,
              ledger.leaving(profile),
              idleOfIt,
              reclaim));
    }
    return executors;
  }

  private Resources size(int profile) {
    return Optional.ofNullable(asks.get(profile))
        .map(ask -> PodRequests.ofExecutor(spec, ask))
        .or(() -> sizeOfPod(profile))
        .orElseGet(() -> PodRequests.ofExecutor(spec, InitialAsk.of(spec)));
  }

  /** Of a ResourceProfile that the driver speaks of no more. */
  private Optional<Resources> sizeOfPod(int profile) {
    String label = Integer.toString(profile);
    return observed.executors().stream()
        .filter(pod -> label.equals(pod.getMetadata().getLabels().get(Names.PROFILE)))
        .findFirst()
        .map(PodRequests::of);
  }

  private Optional<Reclaim> reclaim(int profile) {
    return observed.answered().reclaim().stream()
        .filter(each -> each.profile() == profile)
        .map(each -> new Reclaim(each.total(), Instant.parse(each.before())))
        // What has left need not leave any more.
        .filter(each -> each.goesOn(ledger.liveOf(profile).size(), ledger.leaving(profile)))
        .findFirst();
  }

  /** The driver tells how many of all run no task, not of which ResourceProfile. */
  private int idle() {
    return observed
        .request()
        .map(ExecutorRequest::getSpec)
        .map(ExecutorRequestSpec::progress)
        .map(Progress::executors)
        .map(Progress.Registered::idle)
        .orElse(0);
  }
}
